import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import type { RunLog } from '../../../src-main/runs/RunLog.ts';
import type { RunEnvironment } from '../../../src-main/runs/records.ts';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { Rates } from '../../../src-main/workbench/preview/Rates.ts';
import { environment, openLog } from '../../runs/fixtures.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const settings = ['network.config=A', 'network.crop=32', 'network.width=0.03125', 'training.batch=10'];
const configOf = (...overrides: string[]) => resolveRunConfig({ overrides: [...settings, ...overrides] });
const cpu = 'this processor';
const cores = 8;
const others = 4;

let home: string;
let log: RunLog;
let rates: Rates;
beforeEach(() => {
  home = temporaryFolder();
  log = openLog(home);
  rates = new Rates(home, () => Promise.resolve({ cpu, cores, gpu: undefined, now: cpu }));
});

interface Trained {
  rates?: readonly number[];
  /** Minutes of a day; a run without them is trained now. */
  from?: number;
  to?: number;
  environment?: Partial<RunEnvironment>;
  overrides?: string[];
}

/** A run that was trained here. */
function trained({ rates: values = [200], from, to, ...made }: Trained): void {
  const time = (minutes: number) => new Date(Date.UTC(2026, 0, 2, 0, minutes));
  const { id } = log.create({
    config: configOf(...(made.overrides ?? [])),
    environment: { ...environment, cpu, threads: cores, ...made.environment },
  });
  log.setStatus(id, 'running', from === undefined ? {} : { at: time(from) });
  const point = (value: number, step: number) => ({
    ...{ step, epoch: 0, seconds: step, name: 'imagesPerSecond', value },
  });
  log.metrics.append(id, values.map(point));
  if (to !== undefined) log.setStatus(id, 'finished', { at: time(to) });
}

const measured = (imagesPerSecond: number) => ({
  ...{ trainImagesPerSecond: imagesPerSecond, inferenceImagesPerSecond: 1, peakRssBytes: 1 },
  device: 'cpu' as const,
});

describe('a rate of this machine', () => {
  it('is the median of the latest run of the net that was trained alone, on as many threads', async () => {
    expect(await rates.of(log, configOf())).toBeNull();
    trained({ from: 0, to: 1, rates: [5000], environment: { cpu: 'another processor' } });
    expect(await rates.of(log, configOf())).toBeNull();
    trained({ from: 2, to: 3, rates: [10, 300, 310, 305] });
    expect(await rates.of(log, configOf())).toEqual({ imagesPerSecond: 302.5, from: 'measured' });
    trained({ from: 4, to: 5, rates: [400] });
    expect(await rates.of(log, configOf())).toEqual({ imagesPerSecond: 400, from: 'measured' });
  });

  it('is not that of a run on other threads, in another precision or of several processes, however new', async () => {
    await rates.add(log, configOf(), measured(500));
    const later = 60 * 24 * 365 * 100;
    trained({ from: later, to: later + 1, rates: [90], environment: { threads: others } });
    trained({ from: later + 2, to: later + 3, rates: [80], environment: { processes: 2 } });
    trained({ from: later + 4, to: later + 5, rates: [70], environment: { threads: null } });
    trained({ from: later + 6, to: later + 7, rates: [60], overrides: ['training.precision=bfloat16'] });
    expect(await rates.of(log, configOf())).toEqual({ imagesPerSecond: 500, from: 'measured' });
    // But one that is to compute on as many threads gets that rate.
    expect(await rates.of(log, configOf(`training.threads=${others}`))).toEqual({
      ...{ imagesPerSecond: 90, from: 'measured' },
    });
  });

  it('is not that of runs that were trained side by side', async () => {
    trained({ from: 0, to: 10, rates: [90] });
    trained({ from: 5, to: 15, rates: [80], overrides: ['network.config=B'] });
    expect(await rates.of(log, configOf())).toEqual({ imagesPerSecond: 90, from: 'unlike' });
    // One on another machine, as of a cluster, is beside none.
    trained({ from: 20, to: 30, rates: [300] });
    trained({ from: 20, to: 30, environment: { cpu: 'another processor' } });
    expect(await rates.of(log, configOf())).toEqual({ imagesPerSecond: 300, from: 'measured' });
  });

  it('is scaled from another net measured alike before one measured otherwise is taken', async () => {
    trained({ from: 2, to: 3, rates: [90], environment: { threads: others } });
    expect((await rates.of(log, configOf()))?.from).toBe('unlike');
    trained({ from: 0, to: 1, rates: [100], overrides: ['network.width=0.0625'] });
    const macs = (width: number) => describeNetwork({ config: 'A', width, crop: 32, classes: 1000 }).macs;
    const rate = await rates.of(log, configOf());
    expect(rate?.from).toBe('scaled');
    expect(rate?.imagesPerSecond).toBeCloseTo((100 * macs(0.0625)) / macs(0.03125), 9);
  });

  it('is noted by bench with its threads, and with whether a run was trained meanwhile', async () => {
    trained({ from: 0, to: 1, rates: [200] });
    await rates.add(log, configOf(`training.threads=${others}`), measured(70));
    await rates.add(log, configOf(), measured(500));
    const noted = () => JSON.parse(readFileSync(join(home, 'rates.json'), 'utf8')) as unknown;
    expect(noted()).toMatchObject([
      { threads: others, processes: 1, alone: true, imagesPerSecond: 70 },
      { threads: cores, processes: 1, alone: true, imagesPerSecond: 500 },
    ]);
    trained({ rates: [300] });
    await rates.add(log, configOf(), measured(40));
    expect(noted()).toMatchObject([{ imagesPerSecond: 70 }, { imagesPerSecond: 40, alone: false }]);
  });

  it('of an earlier version’s file, which noted no threads, counts as measured otherwise, and goes', async () => {
    const old = {
      ...{ config: 'A', width: 0.03125, crop: 32, microBatch: 10 },
      ...{ processor: cpu, imagesPerSecond: 12, measuredAt: '2026-01-02T00:00:00.000Z' },
    };
    writeFileSync(join(home, 'rates.json'), JSON.stringify([old]));
    expect(await rates.of(log, configOf())).toEqual({ imagesPerSecond: 12, from: 'unlike' });
    await rates.add(log, configOf(), measured(500));
    expect(JSON.parse(readFileSync(join(home, 'rates.json'), 'utf8'))).toHaveLength(1);
    expect(await rates.of(log, configOf())).toEqual({ imagesPerSecond: 500, from: 'measured' });
  });
});
