import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../foundation/files.ts';
import { cacheHome } from '../../foundation/home.ts';
import { requireSpace } from './cacheErrors.ts';
import { extractFiles } from './extractFiles.ts';
import { fetchWheel } from './fetchWheel.ts';
import { isNeeded } from './libraryFiles.ts';
import type { SetupContext } from './progress.ts';
import { type Attempt, provideOnce } from './provideOnce.ts';
import { requireCompiler, requirePip } from './tools.ts';
import { type EngineBuild, spaceNeeded, tensorflowVersion, type Wheel, wheelsOf } from './wheels.ts';

const manifestName = 'manifest.json';
const manifestSchema = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.int().nonnegative() })).min(1),
});

/** The folder of TensorFlow's libraries and headers of a build, or undefined while it is not provided. */
export function providedLibrary(build: EngineBuild): string | undefined {
  return completeLibrary(targetFolder(build));
}

/**
 * Provides TensorFlow's libraries and headers from its own wheels, once.
 *
 * @returns the folder, named and laid out as in a Python environment: the libraries look for CUDA relative to it,
 *   in `../nvidia/…/lib`
 * @throws WorkbenchError `platform-not-supported`, `python-missing`, `pip-missing`, `compiler-missing`, `disk-full`,
 *   `download-failed`, `checksum-mismatch`, `cache-not-writable`, `setup-interrupted`
 */
export function provideLibrary(build: EngineBuild, context: SetupContext): Promise<string> {
  return provideFromWheels(targetFolder(build), wheelsOf(build), context);
}

/** As {@link provideLibrary}, into a given folder from given wheels. */
export function provideFromWheels(
  target: string,
  wheels: readonly Wheel[],
  context: SetupContext,
): Promise<string> {
  return provideOnce(
    target,
    () => completeLibrary(target),
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
  await requireCompiler(); // needed only later, but a missing one is better reported before the download
  requireSpace(attempt.kept, spaceNeeded(wheels));
  const files: z.infer<typeof manifestSchema>['files'] = [];
  for (const wheel of wheels) {
    const path = await fetchWheel(wheel, join(attempt.kept, 'wheels'), attempt.scratch, context);
    files.push(...(await extractFiles(path, attempt.tree, isNeeded, context)));
  }
  writeFileAtomically(join(attempt.tree, manifestName), JSON.stringify({ files }));
}

function targetFolder(build: EngineBuild): string {
  return join(cacheHome(), `tensorflow-${tensorflowVersion}-${build}`);
}

/** The library in a target, if every file is there with its size: cheap enough to check at each start. */
function completeLibrary(target: string): string | undefined {
  try {
    const { files } = manifestSchema.parse(JSON.parse(readFileSync(join(target, manifestName), 'utf8')));
    const complete = files.every(({ path, bytes }) => statSync(join(target, path)).size === bytes);
    return complete ? join(target, 'tensorflow') : undefined;
  } catch {
    return undefined;
  }
}
