import { realpathSync } from 'node:fs';
import { WorkbenchError } from '../../foundation/errors.ts';
import { nvidiaGpus } from '../device.ts';
import { libraryNames, missingFiles } from './libraryFiles.ts';
import type { SetupContext } from './progress.ts';
import { provideAddon, providedAddon } from './provideAddon.ts';
import { provideLibrary, providedLibrary } from './provideLibrary.ts';
import type { EngineBuild } from './wheels.ts';

export type { EngineBuild } from './wheels.ts';
export type { SetupProgress, SetupStage } from './progress.ts';

/** The files needed to run TensorFlow from Node. */
export interface EngineFiles {
  /** Path from which the compiled addon is loaded. It finds the libraries by itself. */
  addon: string;
  libraryFolder: string;
  build: EngineBuild;
  /** TensorFlow's version. */
  version: string;
  /** Why the addon is without the workbench's own kernels; null if it has them. */
  kernelsMissing: string | null;
}

/**
 * Finds the engine, or provides it once: the library from TensorFlow's own wheel, the addon by compiling it.
 *
 * The library is that of the requested build; else that of `VGG_TENSORFLOW=<folder>`; else a GPU build that was
 * provided before, on a machine with an NVIDIA GPU; else the CPU build.
 *
 * @throws WorkbenchError those of {@link provideLibrary} and {@link provideAddon}, and `library-incomplete`
 */
export async function provideEngine(
  options: Partial<SetupContext> & { build?: EngineBuild } = {},
): Promise<EngineFiles> {
  const context: SetupContext = {
    onProgress: options.onProgress ?? (() => undefined),
    signal: options.signal,
    verify: options.verify,
  };
  const chosen = options.build === undefined ? libraryOfPerson() : undefined;
  const libraryFolder = chosen ?? (await provideLibrary(options.build ?? (await defaultBuild()), context));
  const addon = await provideAddon(libraryFolder, context);
  context.onProgress({ stage: 'ready', subject: libraryFolder });
  return { libraryFolder, ...addon };
}

/** The engine {@link provideEngine} would find without providing anything, or undefined. */
export async function findEngine(): Promise<EngineFiles | undefined> {
  const libraryFolder = libraryOfPerson() ?? providedLibrary(await defaultBuild());
  const addon = libraryFolder === undefined ? undefined : providedAddon(libraryFolder);
  return libraryFolder === undefined || addon === undefined ? undefined : { libraryFolder, ...addon };
}

async function defaultBuild(): Promise<EngineBuild> {
  return providedLibrary('gpu') !== undefined && (await nvidiaGpus()).length > 0 ? 'gpu' : 'cpu';
}

/** The folder of `VGG_TENSORFLOW`, examined. @throws WorkbenchError `library-incomplete` */
function libraryOfPerson(): string | undefined {
  const folder = process.env.VGG_TENSORFLOW;
  if (folder === undefined || folder === '') return undefined;
  const missing = missingFiles(folder);
  if (missing.length === 0) return realpathSync(folder);
  throw new WorkbenchError(
    'library-incomplete',
    `VGG_TENSORFLOW names ${folder}, which lacks ${missing.join(', ')}.`,
    `Name a folder that holds ${libraryNames.join(', ')} and include/, such as the tensorflow folder of a Python ` +
      'environment, or unset VGG_TENSORFLOW to have TensorFlow downloaded.',
  );
}
