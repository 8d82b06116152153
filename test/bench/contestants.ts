import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { WorkbenchClient } from '../../src-main/workbench/api.ts';
import type { Precision } from '../../src-main/vocabulary/kernels.ts';
import { overridesOf, type Case } from './cases.ts';

export const resultSchema = z.object({
  /** Null for what only infers. */
  trainImagesPerSecond: z.number().nullable(),
  inferenceImagesPerSecond: z.number(),
  peakRssBytes: z.number(),
});
export type Result = z.infer<typeof resultSchema>;

/** One turn of a contestant, in a process of its own. */
export type Measure = (each: Case) => Promise<Result> | Result;

/** Modes of PyTorch, the last in bfloat16 where PyTorch casts by itself, and what infers the net as ONNX. */
const peers = {
  channels_last: { module: 'torch', name: 'PyTorch', mode: ' channels_last', program: 'pytorch.py' },
  default: { module: 'torch', name: 'PyTorch', mode: ' default', program: 'pytorch.py' },
  compile: { module: 'torch', name: 'PyTorch', mode: ' torch.compile', program: 'pytorch.py' },
  bfloat16: { module: 'torch', name: 'PyTorch', mode: ' bfloat16', program: 'pytorch.py' },
  onnxruntime: { module: 'onnxruntime', name: 'ONNX Runtime', mode: '', program: 'onnxPeers.py' },
  openvino: { module: 'openvino', name: 'OpenVINO', mode: '', program: 'onnxPeers.py' },
} as const;
export type PeerMode = keyof typeof peers;
export const peerModes = Object.keys(peers) as PeerMode[];
/** Those that compute in float32, as the workbench does unless it is asked. */
export const usualModes = peerModes.filter((mode) => mode !== 'bfloat16');

/** The workbench as a contestant. */
export function workbench(client: WorkbenchClient, steps: number, precision?: Precision): Measure {
  return (each) => client.bench({ overrides: overridesOf(each, precision), steps });
}

/** Those of the chosen peers that a Python has, by what they are called in the table. */
export function peersOf(python: string, chosen: readonly PeerMode[], steps: number): Map<string, Measure> {
  const found = new Map<string, Measure>();
  for (const key of chosen) {
    const { module, name, mode, program } = peers[key];
    const version = versionOf(python, module);
    if (version === null) {
      console.error(`No ${name} in ${python}: --python names another one.`);
      continue;
    }
    found.set(`${name} ${version}${mode}`, ({ config, crop, width, batch }) => {
      const sizes = [crop, width, batch, steps].map(String);
      return resultSchema.parse(
        JSON.parse(run(python, join(import.meta.dirname, program), config, ...sizes, key)),
      );
    });
  }
  return found;
}

function versionOf(python: string, module: string): string | null {
  try {
    const version = run(python, '-c', `import ${module}; print(${module}.__version__)`);
    return version.split(/[+-]/)[0] ?? version;
  } catch {
    return null;
  }
}

function run(python: string, ...args: string[]): string {
  return execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
