import { runProgram } from './provision/runProgram.ts';

/** Whether the machine has a GPU its NVIDIA driver can use. */
export async function hasNvidiaGpu(): Promise<boolean> {
  const end = await runProgram('nvidia-smi', ['--list-gpus']);
  return end.outcome === 'succeeded' && end.lines.length > 0;
}
