import { deviceFacts, type DeviceFacts } from '../../engine/device.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { PlannedRun } from '../../studies/PlannedRun.ts';
import type { Sharing } from '../../studies/ActiveStudy.ts';
import type { Parallel } from '../../vocabulary/parallel.ts';
import { bytesText } from '../../vocabulary/bytes.ts';
import { memoryOf } from './cost.ts';

/** Most nets start from another, so that more are seldom ready. */
const mostByItself = 4;
/** The rest is for the window, the images and whatever else the machine does. */
const shareOfMemory = 0.5;

/**
 * Whether so many runs of a plan fit side by side, by the estimate; a single run is a person's own choice.
 *
 * @throws WorkbenchError `parallel-beyond-memory`
 */
export async function requireRoom(
  parallel: Parallel | undefined,
  plan: readonly PlannedRun[],
): Promise<void> {
  if (typeof parallel === 'number') requireRoomOn(await deviceFacts(), parallel, plan);
}

/** The same on a machine of these facts. On a GPU it is the GPU's memory that counts, which is not estimated. */
export function requireRoomOn(
  { memoryBytes, gpus }: Pick<DeviceFacts, 'memoryBytes' | 'gpus'>,
  parallel: number,
  plan: readonly PlannedRun[],
): void {
  const largest = plan.map(({ config }) => memoryOf(config)).sort((one, other) => other - one);
  const needed = (count: number) => largest.slice(0, count).reduce((sum, bytes) => sum + bytes, 0);
  if (gpus.length > 0 || parallel === 1 || needed(parallel) <= memoryBytes) return;
  const fitting = Array.from({ length: parallel }, (_, index) => parallel - index).find(
    (count) => needed(count) <= memoryBytes,
  );
  throw new WorkbenchError(
    'parallel-beyond-memory',
    `${parallel} of these nets at once need about ${bytesText(needed(parallel))}, and the machine has ${bytesText(memoryBytes)}: the system would end their trainers.`,
    `Train ${fitting === undefined || fitting === 1 ? 'one at a time, without --parallel' : `at most ${fitting} at once`}, or give --parallel auto; a smaller training.microBatch needs less.`,
  );
}

/** How the runs of a plan share this machine; one after the other where nothing is said. */
export async function sharingFor(
  parallel: Parallel | undefined,
  plan: readonly PlannedRun[],
): Promise<Sharing> {
  return parallel === undefined ? { atOnce: 1, threads: null } : sharingOf(parallel, plan);
}

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
