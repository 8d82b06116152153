import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import { cacheHome } from '../../foundation/home.ts';
import type { AddonPart } from './addonParts.ts';
import { libraryNames } from './libraryFiles.ts';
import type { SetupContext } from './progress.ts';
import { runProgram } from './runProgram.ts';
import { diskFull } from './cacheErrors.ts';
import { compilerCommand, compilerMissing } from './tools.ts';

/**
 * Compiles sources to object files, as many at once as there are cores.
 *
 * @returns their paths
 * @throws WorkbenchError `compiler-missing`, `compile-failed`, `disk-full`, `setup-interrupted`
 */
export async function compileParts(
  parts: readonly AddonPart[],
  libraryFolder: string,
  folder: string,
  context: SetupContext,
): Promise<string[]> {
  const waiting = [...parts.entries()];
  const objects: string[] = [];
  const workInTurn = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { source, name, parameters }] = next;
      const object = join(folder, `${name}.o`);
      try {
        await compile(['-c', '-fPIC', ...parameters, source], libraryFolder, object, context);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
      objects[index] = object;
    }
  };
  const workers = Array.from({ length: availableParallelism() }, workInTurn);
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return objects;
}

/**
 * The parameters that link a program or an addon, which will lie in `folder`, with the TensorFlow library in a folder. On
 * Linux it is linked with empty libraries of the same names: its symbols are looked up when it is loaded, and the linker
 * need not read all that TensorFlow has, which takes it ten seconds.
 *
 * @param scratch folder for the empty libraries
 * @throws WorkbenchError `library-unusable`, and those of {@link compile}
 */
export async function linkedWith(
  libraryFolder: string,
  folder: string,
  scratch: string,
  context: SetupContext,
): Promise<string[]> {
  const found = [...runPath(libraryFolder, folder), '-pthread'];
  if (process.platform !== 'linux')
    return [...libraryNames.map((name) => join(libraryFolder, name)), ...found];
  const source = join(scratch, 'empty.cc');
  await writeFile(source, '');
  const named = libraryNames.map((name) => ({ name, path: join(scratch, name) }));
  for (const { name, path } of named) {
    const soname = ['-Xlinker', '-soname', '-Xlinker', name];
    await compile(['-shared', '-fPIC', ...soname, source], libraryFolder, path, context);
  }
  // Not -Wl, which splits at commas. Nothing of them is used, and they are to be loaded all the same.
  return ['-Xlinker', '--no-as-needed', ...named.map(({ path }) => path), ...found];
}

/**
 * The parameters by which what is compiled finds the library when it runs.
 *
 * @param folder where it will lie then; within the cache both are moved together, so the path is a relative one, which
 *   also works where the path of the cache has a colon
 * @throws WorkbenchError `library-unusable`
 */
export function runPath(libraryFolder: string, folder: string): string[] {
  const isBelow = (path: string) => path.startsWith(cacheHome() + sep);
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const path =
    isBelow(libraryFolder) && isBelow(folder)
      ? `${origin}/${relative(folder, libraryFolder)}`
      : libraryFolder;
  if (path.includes(':') && process.platform === 'linux') {
    throw new WorkbenchError(
      'library-unusable',
      `The path ${libraryFolder} has a colon, at which the system splits the paths where it looks for libraries.`,
      'Name another path to the folder with VGG_TENSORFLOW=<folder>, such as a link to it.',
    );
  }
  // Not -Wl, which splits at commas.
  return ['-Xlinker', '-rpath', '-Xlinker', path];
}

/**
 * Runs the C++ compiler with the headers of the TensorFlow library in a folder.
 *
 * @throws WorkbenchError `compiler-missing`, `compile-failed`, `disk-full`, `setup-interrupted`
 */
export async function compile(
  parameters: readonly string[],
  libraryFolder: string,
  output: string,
  context: SetupContext,
): Promise<void> {
  const end = await runProgram(
    compilerCommand(),
    ['-std=c++17', `-I${join(libraryFolder, 'include')}`, ...parameters, '-o', output],
    { signal: context.signal, environment: { ...process.env, TMPDIR: dirname(output), LC_ALL: 'C' } },
  );
  if (end.outcome === 'succeeded') return;
  if (end.outcome === 'missing') throw compilerMissing();
  if (end.lines.some((line) => line.includes('No space left on device'))) {
    throw diskFull(`No space was left in ${dirname(output)} to compile the addon.`);
  }
  throw new WorkbenchError(
    'compile-failed',
    `The addon could not be compiled for the TensorFlow in ${libraryFolder}:\n${end.lines.slice(0, 10).join('\n')}`,
    'Check that the compiler knows C++17 (g++ 8 or later; another with CXX=<command>) and that the folder holds a ' +
      'TensorFlow 2 of at least version 2.9 with its headers.',
    { kind: 'failure' },
  );
}
