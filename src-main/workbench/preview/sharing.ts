import { deviceFacts, type DeviceFacts } from '../../engine/device.ts';
import type { PlannedRun } from '../../studies/PlannedRun.ts';
import type { Sharing } from '../../studies/ActiveStudy.ts';
import type { Parallel } from '../../vocabulary/parallel.ts';
import { memoryOf } from './cost.ts';

/** Most nets start from another, so that more are seldom ready. */
const mostByItself = 4;
/** The rest is for the window, the images and whatever else the machine does. */
const shareOfMemory = 0.5;

/** How the runs of a plan share this machine. */
export async function sharingOf(parallel: Parallel, plan: readonly PlannedRun[]): Promise<Sharing> {
  return sharingOn(await deviceFacts(), parallel, plan);
}

/**
 * The same on a machine of these facts. Only what stays as it is on a machine counts, not what is free at the moment: the
 * threads of a run decide its last digits.
 */
export function sharingOn(
  { cpu, memoryBytes, gpus }: Pick<DeviceFacts, 'cpu' | 'memoryBytes' | 'gpus'>,
  parallel: Parallel,
  plan: readonly PlannedRun[],
): Sharing {
  const largest = Math.max(...plan.map(({ config }) => memoryOf(config)), 1);
  const byMemory = Math.floor((memoryBytes * shareOfMemory) / largest);
  const byItself = gpus.length > 0 ? 1 : Math.max(1, Math.min(mostByItself, cpu.cores, byMemory));
  const atOnce = parallel === 'auto' ? byItself : parallel;
  return { atOnce, threads: atOnce === 1 ? null : Math.max(1, Math.floor(cpu.cores / atOnce)) };
}
