import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { projectVersion } from '../foundation/project.ts';
import { deviceFacts } from '../engine/device.ts';
import type { TrainingPlace } from '../runs/records.ts';

const packages = createRequire(import.meta.url);

/** Where runs are made now, except for what the trainer reports. */
export async function describeEnvironment(): Promise<TrainingPlace> {
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
