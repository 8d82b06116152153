import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkDescription } from '../../src-main/vgg/describe.ts';

/** What the processor can do at most, in a second. */
export interface Peak {
  flops: number;
  bytes: number;
}

/** Measures the peak by a program that is compiled for this processor; null where that cannot be done. */
export function measurePeak(): Peak | null {
  const folder = mkdtempSync(join(tmpdir(), 'peak-'));
  try {
    const program = join(folder, 'peak');
    const source = join(import.meta.dirname, 'peak.cc');
    execFileSync('g++', ['-std=c++17', '-O3', '-march=native', '-pthread', source, '-o', program]);
    const [flops = NaN, bytes = NaN] = execFileSync(program, { encoding: 'utf8' })
      .trim()
      .split(' ')
      .map(Number);
    return { flops: flops * 1e9, bytes: bytes * 1e9 };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface Floor {
  /** Images a second if all that is computed were the direct sums' multiplications, at the peak. */
  trainByFlops: number;
  inferenceByFlops: number;
  /** Images a second if weights, velocities and outputs only had to be moved. */
  trainByBytes: number;
}

/**
 * What the direct sum cannot surpass. Training multiplies three times as much as inference: forward, by inputs, by weights;
 * the first layer has no gradient by its inputs. It moves weights and velocities once each way, and each output is written
 * once and read twice.
 */
export function floorOf(net: NetworkDescription, batch: number, peak: Peak): Floor {
  const first = net.layers[0]?.macs ?? 0;
  const bytes = (4 * net.weightBytes) / batch + 3 * net.activationBytes;
  return {
    trainByFlops: peak.flops / (2 * (3 * net.macs - first)),
    inferenceByFlops: peak.flops / (2 * net.macs),
    trainByBytes: peak.bytes / bytes,
  };
}
