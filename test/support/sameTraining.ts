import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { SafetensorsFile } from '../../src-main/foundation/safetensors.ts';
import { readMetrics } from './readMetrics.ts';

/**
 * The tensors of two files that are not the same bytes; weights and velocities, but not the seconds in the metadata.
 *
 * @param options.velocities whether the files hold any; weights kept after an epoch have none
 */
export function differences(one: string, other: string, { velocities = true } = {}): string[] {
  const [first, second] = [new SafetensorsFile(one), new SafetensorsFile(other)];
  try {
    expect([...first.tensors.keys()].some((name) => name.startsWith('momentum.'))).toBe(velocities);
    const names = new Set([...first.tensors.keys(), ...second.tensors.keys()]);
    return [...names].filter((name) => !Buffer.from(bytes(first, name)).equals(bytes(second, name)));
  } finally {
    first.close();
    second.close();
  }
}

function bytes(file: SafetensorsFile, name: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = file.read(name);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** What is learned and what is seen of the layers, in order; times are not the same twice. */
export function losses(metrics: string): unknown[] {
  expect(readFileSync(metrics, 'utf8')).toContain('train/loss');
  return readMetrics(metrics)
    .filter(({ name }) => /^(train|val|gradient|weight|activation)\//.test(name))
    .map(({ step, name, value }) => [step, name, value]);
}
