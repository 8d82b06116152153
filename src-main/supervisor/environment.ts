import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { deviceFacts } from '../engine/device.ts';
import type { EngineFiles } from '../engine/provision/provideEngine.ts';
import type { RunEnvironment } from '../runs/records.ts';

const require = createRequire(import.meta.url);

/** Where runs are made now: versions, device, commit of the workbench. */
export async function describeEnvironment(engine: EngineFiles): Promise<RunEnvironment> {
  const { cpu, gpus } = await deviceFacts();
  return {
    workbench: (require('../../package.json') as { version: string }).version,
    node: process.version,
    tfjs: (require('@tensorflow/tfjs/package.json') as { version: string }).version,
    tensorflow: engine.version,
    platform: `${process.platform}-${process.arch}`,
    device: engine.build === 'gpu' && gpus.length > 0 ? 'gpu' : 'cpu',
    cpu: cpu.model,
    gpu: gpus[0]?.name ?? null,
    commit: commit(),
  };
}

/** The commit of the workbench's own checkout, with a mark if it was changed since; null outside one. */
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
