import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { deviceFacts } from '../../../src-main/engine/device.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { localClient } from '../../../src-main/workbench/api.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const { cpu, gpus } = await deviceFacts();
const startTrainer = () => {
  throw new Error('Nothing is trained here.');
};

beforeEach(() => {
  vi.stubEnv('VGG_TENSORFLOW', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function client(rates: readonly object[] = []) {
  const home = temporaryFolder();
  const workbench = new Workbench({ home, startTrainer, host: plainHost('command line') });
  onTestFinished(() => workbench.close());
  const processors = [cpu.model, ...gpus.map(({ name }) => name)];
  const known = rates.flatMap((rate) => processors.map((processor) => ({ ...rate, processor })));
  writeFileSync(join(home, 'rates.json'), JSON.stringify(known));
  return localClient(workbench);
}

/** Seconds, where no run was trained yet. */
const usualStart = 2;
const rate = {
  ...{ config: 'A', width: 0.125, crop: 32, microBatch: 32, imagesPerSecond: 500 },
  measuredAt: '2026-01-02T00:00:00.000Z',
};
const measured = { ...rate, threads: cpu.cores, alone: true };
const asked = { preset: 'quick', minutes: 60, only: ['A'], overrides: [] };

it('a budget has no options before a rate is known, but says what the images decide', async () => {
  const budget = await client().studies.budget(asked);
  expect(budget).toMatchObject({ options: null, best: null, threads: cpu.cores, valImages: 2000 });
  // 1.96 √(0.2 / 2000) points.
  expect(budget.resolution).toBeCloseTo(1.96, 2);
});

it('its times follow from the rate, by the threads that the settings name', async () => {
  const other = cpu.cores + 1;
  const known = client([measured, { ...rate, threads: other, alone: true, imagesPerSecond: 250 }]);
  const [own] = (await known.studies.budget(asked)).options ?? [];
  expect(own).toMatchObject({ crop: 32, width: 0.125, ratesFrom: 'measured' });
  const slower = await known.studies.budget({ ...asked, overrides: [`training.threads=${other}`] });
  expect(slower.threads).toBe(other);
  const [same] = slower.options ?? [];
  expect(same?.ratesFrom).toBe('measured');
  // At half the rate one seed takes twice as long.
  const seconds = (option = own) => (option?.seconds ?? NaN) / (option?.seeds ?? NaN) - usualStart;
  expect(seconds(same)).toBeCloseTo(2 * seconds(own), 6);
});

it.each([undefined, 'auto', 2] as const)(
  'its times are those of the preview, with --parallel %s',
  async (parallel) => {
    const known = client([
      measured,
      { ...measured, threads: 1 },
      { ...measured, config: 'D', imagesPerSecond: 300 },
    ]);
    const study = { preset: 'quick', overrides: [], ...(parallel !== undefined && { parallel }) };
    const budget = await known.studies.budget({ ...study, minutes: 600 });
    const own = budget.options?.find(({ crop, width }) => crop === 32 && width === 0.125);
    const seeds = Array.from({ length: own?.seeds ?? 0 }, (_, index) => index + 1);
    const preview = await known.studies.preview({ ...study, seeds });
    expect(own?.seconds).toBeGreaterThan(100);
    expect(preview.secondsInAll).toBeCloseTo(own?.seconds ?? NaN, 6);
    expect(preview.atOnce).toBe(budget.atOnce);
  },
);

it('rates of which nobody noted how they were measured are distinguished from measured ones', async () => {
  const budget = await client([rate]).studies.budget(asked);
  expect(new Set(budget.options?.map(({ ratesFrom }) => ratesFrom))).toEqual(new Set(['unlike']));
});

it('refuses what trains nothing, and what has no images', async () => {
  await expect(client().studies.budget({ ...asked, preset: 'paper-evaluation' })).rejects.toMatchObject({
    code: 'preset-trains-nothing',
  });
  await expect(client().studies.budget({ ...asked, preset: 'paper' })).rejects.toMatchObject({
    code: 'dataset-needed',
  });
});
