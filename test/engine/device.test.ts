import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { deviceFacts, deviceFactsSchema, nvidiaGpus } from '../../src-main/engine/device.ts';

test('the facts are those of this machine', async () => {
  const facts = deviceFactsSchema.parse(await deviceFacts());
  expect(facts.cpu.cores).toBe(availableParallelism());
  expect(facts.memoryBytes).toBeGreaterThan(0);
  expect(facts.memoryBytes).toBeLessThanOrEqual(totalmem());
});

test.runIf(process.platform === 'linux')('CPU features are those Linux lists', async () => {
  const { cpu } = await deviceFacts();
  expect(cpu.features.length).toBeGreaterThan(0);
  const listed = readFileSync('/proc/cpuinfo', 'utf8').split(/\s+/);
  expect(listed).toEqual(expect.arrayContaining(cpu.features));
});

test('without a driver there are no GPUs', async () => {
  vi.stubEnv('PATH', '/nonexistent');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await nvidiaGpus()).toEqual([]);
});

// What nvidia-smi prints stands in for the driver: lines as of two kinds of device, and its words without one.
test.each([
  [
    '555.42.02, 24576, NVIDIA GeForce RTX 4090\\n',
    0,
    [['NVIDIA GeForce RTX 4090', 24_576 * 2 ** 20, '555.42.02']],
  ],
  ['540.4.0, [N/A], Orin (nvgpu)\\n', 0, [['Orin (nvgpu)', null, '540.4.0']]],
  ['NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.\\n', 9, []],
  ['No devices were found\\n', 0, []],
] as const)('nvidia-smi printing %s', async (printed, code, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'device-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\nprintf '${printed}'\nexit ${code}\n`);
  chmodSync(join(folder, 'nvidia-smi'), 0o755);
  vi.stubEnv('PATH', folder);
  expect((await nvidiaGpus()).map((gpu) => [gpu.name, gpu.memoryBytes, gpu.driver])).toEqual(expected);
});
