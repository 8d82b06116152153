import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { writeFileAtomically } from '../../foundation/files.ts';
import { cacheHome } from '../../foundation/home.ts';
import { extractFiles } from './extractFiles.ts';
import { fetchWheel } from './fetchWheel.ts';
import { headerFolders, libraryNames } from './libraryFiles.ts';
import type { SetupContext } from './progress.ts';
import { type Attempt, provideOnce } from './provideOnce.ts';
import { requireSpace } from './space.ts';
import { requireCompiler, requirePip } from './tools.ts';
import { type EngineBuild, tensorflowVersion, type Wheel, wheelsOf } from './wheels.ts';

const manifestSchema = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.int().nonnegative() })).min(1),
});

/** The folder of TensorFlow's libraries and headers of a build, or undefined while it is not provided. */
export function providedLibrary(build: EngineBuild): string | undefined {
  const target = targetFolder(build);
  return isComplete(target) ? join(target, 'tensorflow') : undefined;
}

/**
 * Provides TensorFlow's libraries and headers from its own wheel, once. A wheel that was downloaded is kept until
 * then, so that an interrupted set-up does not fetch it again.
 *
 * @returns the folder, named and laid out as in a Python environment: the libraries look for CUDA relative to it
 * @throws WorkbenchError `platform-not-supported`, `python-missing`, `pip-missing`, `compiler-missing`, `disk-full`,
 *   `download-failed`, `checksum-mismatch`, `setup-interrupted`
 */
export async function provideLibrary(build: EngineBuild, context: SetupContext): Promise<string> {
  const wheels = wheelsOf(build);
  if (wheels === undefined) throw platformNotSupported(build);
  return provideOnce(
    targetFolder(build),
    () => providedLibrary(build),
    (attempt) => unpackWheels(wheels, attempt, context),
    context,
  );
}

async function unpackWheels(
  wheels: readonly Wheel[],
  attempt: Attempt,
  context: SetupContext,
): Promise<void> {
  await requirePip();
  await requireCompiler(); // needed only later, but better missed before the download than after it
  requireSpace(attempt.kept, spaceNeeded(wheels));
  const files = [];
  for (const wheel of wheels) {
    const path = await fetchWheel(wheel, join(attempt.kept, 'wheels'), attempt.scratch, context);
    files.push(...(await extractFiles(path, attempt.tree, isNeeded, context)));
  }
  writeFileAtomically(
    join(attempt.tree, 'manifest.json'),
    JSON.stringify({ files } satisfies z.infer<typeof manifestSchema>),
  );
}

/** pip holds a wheel twice for a moment, in its temporary folder and at its destination. */
function spaceNeeded(wheels: readonly Wheel[]): number {
  const all = wheels.reduce((sum, wheel) => sum + wheel.bytes + wheel.unpackedBytes, 0);
  return all + Math.max(...wheels.map((wheel) => wheel.bytes));
}

function isNeeded(name: string): boolean {
  if (/^nvidia\/[^/]+\/lib\//.test(name)) return true;
  const inside = name.startsWith('tensorflow/') ? name.slice('tensorflow/'.length) : '';
  return (
    libraryNames.some((library) => library === inside) ||
    headerFolders.some((folder) => inside.startsWith(folder))
  );
}

function targetFolder(build: EngineBuild): string {
  return join(cacheHome(), `tensorflow-${tensorflowVersion}-${build}`);
}

/** Every file is there with its size: cheap enough for each start. */
function isComplete(folder: string): boolean {
  try {
    const { files } = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
    return files.every(({ path, bytes }) => statSync(join(folder, path)).size === bytes);
  } catch {
    return false;
  }
}

function platformNotSupported(build: EngineBuild): WorkbenchError {
  return new WorkbenchError(
    'platform-not-supported',
    `There is no ${build.toUpperCase()} build of TensorFlow for ${process.platform} on ${process.arch} ` +
      'that the workbench can provide: this platform is not supported yet.',
    'Name a TensorFlow 2 library that is already on this machine with VGG_TENSORFLOW=<folder>: one that holds ' +
      `${libraryNames.join(', ')} and include/, such as the tensorflow folder of a Python environment.`,
  );
}
