import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../foundation/files.ts';
import { cacheHome } from '../../foundation/home.ts';
import { requireSpace } from './cacheErrors.ts';
import {
  damagedFiles,
  haveTheirSizes,
  providedFileSchema,
  withChecksums,
  type ProvidedFile,
} from './checksums.ts';
import { extractFiles } from './extractFiles.ts';
import { fetchWheel } from './fetchWheel.ts';
import { isNeeded } from './libraryFiles.ts';
import type { SetupContext } from './progress.ts';
import { type Attempt, provideOnce } from './provideOnce.ts';
import { requireCompiler, requirePip } from './tools.ts';
import { type EngineBuild, spaceNeeded, tensorflowVersion, type Wheel, wheelsOf } from './wheels.ts';

const manifestName = 'manifest.json';
const manifestSchema = z.object({ files: z.array(providedFileSchema).min(1) });

/** The folder of TensorFlow's libraries and headers of a build, or undefined while it is not provided. */
export function providedLibrary(build: EngineBuild): string | undefined {
  return filesOf(targetFolder(build)) && join(targetFolder(build), 'tensorflow');
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
    (verify) => completeLibrary(target, verify),
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
  const files: ProvidedFile[] = [];
  for (const wheel of wheels) {
    const path = await fetchWheel(wheel, join(attempt.kept, 'wheels'), attempt.scratch, context);
    files.push(...(await extractFiles(path, attempt.tree, isNeeded, context)));
  }
  writeManifest(attempt.tree, files);
}

function targetFolder(build: EngineBuild): string {
  return join(cacheHome(), `tensorflow-${tensorflowVersion}-${build}`);
}

/** The files of a provided library whose content has changed since; none of a library that a person named. */
export async function damagedLibraryFiles(libraryFolder: string): Promise<string[]> {
  const target = dirname(libraryFolder);
  return damagedFiles(target, filesOf(target) ?? []);
}

/** The library in a target, if every file is there with its size, and where asked for also with its checksum. */
async function completeLibrary(target: string, verify: boolean): Promise<string | undefined> {
  const files = filesOf(target);
  if (!files) return undefined;
  if (verify) {
    if ((await damagedFiles(target, files)).length > 0) return undefined;
    // From now on, also what an earlier version has provided can be checked.
    if (files.some(({ sha256 }) => sha256 === undefined)) {
      writeManifest(target, await withChecksums(target, files));
    }
  }
  return join(target, 'tensorflow');
}

/** The files of a provided library; undefined if one of them is missing or has another size. */
function filesOf(target: string): ProvidedFile[] | undefined {
  try {
    const { files } = manifestSchema.parse(JSON.parse(readFileSync(join(target, manifestName), 'utf8')));
    return haveTheirSizes(target, files) ? files : undefined;
  } catch {
    return undefined;
  }
}

function writeManifest(folder: string, files: readonly ProvidedFile[]): void {
  writeFileAtomically(join(folder, manifestName), JSON.stringify({ files }));
}
