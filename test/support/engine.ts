import { type EngineFiles, provideEngine } from '../../src-main/engine/provision/provideEngine.ts';
import { openTensorFlow } from '../../src-main/engine/tensorflow.ts';
import { threadsOfTrainers } from './threadsOfTrainers.ts';

/** The engine of this machine, provided if it was not. */
export function testEngineFiles(): Promise<EngineFiles> {
  return provideEngine();
}

/** Loads TensorFlow into the test's process, where it computes with all cores. */
export async function openTestEngine(): Promise<void> {
  for (const name of threadsOfTrainers) Reflect.deleteProperty(process.env, name);
  openTensorFlow((await testEngineFiles()).addon);
}
