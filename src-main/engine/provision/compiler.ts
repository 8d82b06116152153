import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import { cacheHome } from '../../foundation/home.ts';
import { outsideArchive } from '../../foundation/project.ts';
import { libraryNames } from './libraryFiles.ts';
import type { SetupContext } from './progress.ts';
import { runProgram } from './runProgram.ts';
import { diskFull } from './cacheErrors.ts';
import { compilerCommand, compilerMissing } from './tools.ts';

const packages = createRequire(import.meta.url);
const tfjsPackage = packageFolder('@tensorflow/tfjs-node-gpu');
const nodeHeaders = join(packageFolder('node-api-headers'), 'include');
const bindingFolder = join(tfjsPackage, 'binding');

// Node provides its functions only at load time; the linker of macOS needs a flag to allow that.
const sharedLibrary =
  process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];

const addonParameters = [
  ...[...sharedLibrary, '-fPIC', '-O2', '-w'],
  ...['-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
  // The sources name their headers from the package and from the folder that node-gyp would run in.
  ...[tfjsPackage, dirname(tfjsPackage), nodeHeaders].map((folder) => `-I${folder}`),
];

/** The sources of tfjs-node's addon, headers included: what the compiled addon depends on besides the library. */
export function addonSources(): string[] {
  return readdirSync(bindingFolder)
    .filter((name) => /\.(cc|h)$/.test(name))
    .sort()
    .map((name) => join(bindingFolder, name));
}

/** Compiles the addon against the library in a folder. @throws WorkbenchError those of {@link compile} */
export async function compileAddon(
  libraryFolder: string,
  output: string,
  context: SetupContext,
): Promise<void> {
  const sources = addonSources().filter((name) => name.endsWith('.cc'));
  // It is compiled deeper in the cache than the folder where it will lie.
  const path = runPath(libraryFolder, join(cacheHome(), 'addon'));
  await compile([...addonParameters, ...sources, ...path], libraryFolder, output, context);
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
 * Compiles C++ against the TensorFlow library in a folder.
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
    [
      ...['-std=c++17', ...parameters, `-I${join(libraryFolder, 'include')}`],
      ...libraryNames.map((name) => join(libraryFolder, name)),
      ...['-o', output],
    ],
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

/** The folder of a package for the compiler, which cannot read the packaged app's archive. */
function packageFolder(name: string): string {
  return outsideArchive(dirname(packages.resolve(`${name}/package.json`)));
}
