import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { projectVersion } from '../foundation/project.ts';
import { deviceFacts } from '../engine/device.ts';
import type { RunEnvironment } from '../runs/records.ts';
import type { TrainingEvent } from '../training/events.ts';

const packages = createRequire(import.meta.url);

/** What only the trainer knows. */
type Trained = Pick<
  RunEnvironment,
  'tensorflow' | 'device' | 'kernels' | 'processes' | 'threads' | 'weights'
>;

/** Where runs are made now, except for what the trainer tells: {@link trainedWith}. */
export async function describeEnvironment(): Promise<Omit<RunEnvironment, keyof Trained>> {
  const { cpu, gpus } = await deviceFacts();
  return {
    workbench: projectVersion(),
    node: process.version,
    tfjs: (packages('@tensorflow/tfjs/package.json') as { version: string }).version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpu.model,
    gpu: gpus[0]?.name ?? null,
    commit: commit(),
  };
}

/** What the trainer tells. A run that goes on keeps the weights it began from. */
export function trainedWith(
  { tensorflow, device, kernels, processes, threads, weights }: Extract<TrainingEvent, { type: 'started' }>,
  earlier: Pick<RunEnvironment, 'weights'> | null | undefined,
): Trained {
  return { tensorflow, device, kernels, processes, threads, weights: weights ?? earlier?.weights ?? null };
}

/** The commit of the workbench's own checkout, marked if files have changed since; null outside a checkout. */
function commit(): string | null {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
