import { type EngineFiles, provideEngine } from '../../src-main/engine/provision/provideEngine.ts';
import { openTensorFlow } from '../../src-main/engine/tensorflow.ts';
import { threadsOfTrainers } from './threadsOfTrainers.ts';

/** The engine of this machine, provided if it was not. */
export function testEngineFiles(): Promise<EngineFiles> {
  return provideEngine();
}

/** Loads TensorFlow into the test's process, where it computes with one thread, as trainers of tests do. */
export async function openTestEngine(): Promise<void> {
  openTensorFlow((await testEngineFiles()).addon);
}

/** The same with all cores, for tests of what is divided among threads: in small nets, these wait for each other. */
export async function openTestEngineOnAllCores(): Promise<void> {
  for (const name of threadsOfTrainers) Reflect.deleteProperty(process.env, name);
  await openTestEngine();
}
