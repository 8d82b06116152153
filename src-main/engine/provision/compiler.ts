import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
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
  await compile([...addonParameters, ...sources], libraryFolder, output, context);
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
      `-Wl,-rpath,${libraryFolder}`,
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
