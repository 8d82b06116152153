import { join } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import { cacheHome } from '../../foundation/home.ts';
import { kernelParts, operationParts, tfjsParts } from './addonParts.ts';
import { compile, compileParts, linkedWith } from './compiler.ts';
import type { SetupContext } from './progress.ts';

// Node provides its functions only at load time; the linker of macOS needs a flag to allow that.
const sharedLibrary =
  process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];

/**
 * Compiles the addon against the library in a folder: the one of tfjs-node, and with it the workbench's own kernels where
 * they can be had. Without them all is computed by TensorFlow's.
 *
 * @param scratch folder for object files
 * @returns why it is without the kernels, or null
 * @throws WorkbenchError those of `compile`
 */
export async function compileAddon(
  libraryFolder: string,
  output: string,
  scratch: string,
  context: SetupContext,
): Promise<string | null> {
  // Without the addon itself its kernels are of no use.
  const failed = new AbortController();
  const signals = [failed.signal, ...(context.signal ? [context.signal] : [])];
  const [kernels, tfjs] = await Promise.allSettled([
    compileKernels(libraryFolder, scratch, { ...context, signal: AbortSignal.any(signals) }),
    compileParts(tfjsParts(), libraryFolder, scratch, context).catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  ]);
  if (tfjs.status === 'rejected') throw tfjs.reason;
  if (kernels.status === 'rejected') throw kernels.reason;
  const { objects, missing } = kernels.value;
  // It is linked deeper in the cache than the folder where it will lie.
  const linked = await linkedWith(libraryFolder, join(cacheHome(), 'addon'), scratch, context);
  await compile([...sharedLibrary, ...tfjs.value, ...objects, ...linked], libraryFolder, output, context);
  return missing;
}

async function compileKernels(
  libraryFolder: string,
  scratch: string,
  context: SetupContext,
): Promise<{ objects: string[]; missing: string | null }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { objects: [], missing: `they are not made for ${process.platform} on ${process.arch}` };
  }
  try {
    const parts = [...kernelParts(), ...operationParts()];
    return { objects: await compileParts(parts, libraryFolder, scratch, context), missing: null };
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code !== 'compile-failed') throw error;
    return { objects: [], missing: 'the compiler could not compile them' };
  }
}
