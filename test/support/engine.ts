import { type EngineFiles, provideEngine } from '../../src-main/engine/provision/provideEngine.ts';
import { openTensorFlow } from '../../src-main/engine/tensorflow.ts';

/** The engine of this machine, provided if it was not. */
export function testEngineFiles(): Promise<EngineFiles> {
  return provideEngine();
}

/** Loads TensorFlow into the test's process. */
export async function openTestEngine(): Promise<void> {
  openTensorFlow((await testEngineFiles()).addon);
}
