import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import type { RunLog } from '../../../src-main/runs/RunLog.ts';
import type { RunEnvironment } from '../../../src-main/runs/records.ts';
import { effortOf } from '../../../src-main/workbench/preview/effort.ts';
import { netKeyOf } from '../../../src-main/workbench/preview/RateFile.ts';
import { Rates } from '../../../src-main/workbench/preview/Rates.ts';
import { dataset, environment, evaluation, openLog } from '../../runs/fixtures.ts';
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
  /** Images a second, one report for each; how many steps were trained in each, the cores that it kept busy, its waiting. */
  rates?: readonly number[];
  steps?: readonly number[];
  cores?: readonly number[];
  waiting?: readonly number[];
  /** Minutes of a day; a run without them is trained now. */
  from?: number;
  to?: number;
  environment?: Partial<RunEnvironment>;
  overrides?: string[];
}

/** A run that was trained here. @returns its id */
function trained({ rates: values = [200], from, to, ...made }: Trained): string {
  const { id } = log.create({
    config: configOf(...(made.overrides ?? [])),
    environment: { ...environment, cpu, threads: cores, ...made.environment },
  });
  log.setStatus(id, 'running', from === undefined ? {} : { at: minute(from) });
  let step = 0;
  for (const [index, value] of values.entries()) {
    step += made.steps?.[index] ?? 1;
    const point = (name: string, of: number) => ({ step, epoch: 0, seconds: index + 1, name, value: of });
    log.metrics.append(id, [
      point('imagesPerSecond', value),
      ...(made.cores ? [point('processor/cores', made.cores[index] ?? 0)] : []),
      ...(made.waiting ? [point('waitingShare', made.waiting[index] ?? 0)] : []),
    ]);
  }
  if (to !== undefined) log.setStatus(id, 'finished', { at: minute(to) });
  return id;
}

const minute = (minutes: number) => new Date(Date.UTC(2026, 0, 2, 0, minutes));

const measured = (imagesPerSecond: number, coresBusy = 0.9 * cores) => ({
  ...{ trainImagesPerSecond: imagesPerSecond, inferenceImagesPerSecond: 1000, peakRssBytes: 1 },
  coresBusy,
  device: 'cpu' as const,
});

describe('a rate of this machine', () => {
  it('is that of its runs that were trained alone, on as many threads', async () => {
    expect(await rates.of(log, configOf())).toBeNull();
    trained({ from: 0, to: 1, rates: [5000], environment: { cpu: 'another processor' } });
    expect(await rates.of(log, configOf())).toBeNull();
    trained({ from: 2, to: 3, rates: [300] });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 300, from: 'measured' });
    // What bench measures waits for no images.
    await rates.add(log, configOf(), measured(900));
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 300, from: 'measured' });
  });

  it('is not spoilt by a run that other programs slowed down, nor by those of long ago', async () => {
    trained({ from: 0, to: 1, rates: [9000] });
    for (const from of [2, 4, 6]) trained({ from, to: from + 1, rates: [4000 - from] });
    trained({ from: 8, to: 9, rates: [410] });
    trained({ from: 10, to: 11, rates: [390] });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 3998, from: 'measured' });
  });

  it('of a run is that of the middle one of its images, however long a disturbance lasted', async () => {
    const slow = Array.from({ length: 40 }, () => 40);
    trained({
      ...{ from: 0, to: 1, rates: [10, 4000, 4100, 4200, ...slow] },
      steps: [1, 400, 410, 420, ...slow.map(() => 4)],
    });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 4100 });
  });

  it('of a run that got less than half of its processor counts as measured otherwise', async () => {
    trained({ from: 0, to: 1, rates: [410], cores: [0.2 * cores] });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 410, from: 'unlike' });
    const wider = ['network.width=0.0625'];
    trained({ from: 2, to: 3, rates: [3000], cores: [0.9 * cores], overrides: wider });
    const rate = await rates.of(log, configOf());
    expect(rate?.from).toBe('scaled');
    expect(rate?.imagesPerSecond).toBeGreaterThan(3000);
    // One that waited for its images was as fast as it can be.
    trained({ from: 4, to: 5, rates: [500], cores: [0.2 * cores], waiting: [0.7] });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 500, from: 'measured' });
  });

  it('comes with how fast it evaluates and how long it takes to start, by the run’s own times', async () => {
    const id = trained({
      ...{ from: 0, rates: [50, 100, 200, 200, 200, 200], steps: [5, 10, 20, 20, 20, 20] },
    });
    log.setDataset(id, dataset);
    const protocol = 'multi-crop-3x3';
    const createdAt = new Date(minute(0).getTime() + 13_000).toISOString();
    // Six seconds of training, four of evaluation, and three before both.
    log.addEvaluation(
      id,
      evaluation({ protocol, testScales: [36], horizontalFlip: false, seconds: 4, createdAt }),
    );
    log.setStatus(id, 'finished', { at: minute(1) });
    const rate = await rates.of(log, configOf());
    expect(rate?.cropsPerSecond).toBeCloseTo((9 * 400) / 4, 9);
    // The first report has 50 images in a second that should have taken a quarter, the second 100 in place of a half.
    expect(rate?.startSeconds).toBeCloseTo(3 + 0.75 + 0.5, 9);
  });

  it('takes the usual start of this machine where its own is not known', async () => {
    await rates.add(log, configOf(), measured(500));
    expect(await rates.of(log, configOf())).toEqual({
      ...{ imagesPerSecond: 500, cropsPerSecond: 1000, startSeconds: 2, from: 'measured' },
    });
    const id = trained({ from: 0, rates: [100, 100], overrides: ['network.config=B'] });
    const createdAt = new Date(minute(0).getTime() + 12_000).toISOString();
    log.addEvaluation(id, evaluation({ seconds: 1, createdAt }));
    log.setStatus(id, 'finished', { at: minute(1) });
    expect((await rates.of(log, configOf()))?.startSeconds).toBeCloseTo(9, 9);
  });

  it('is not that of a run on other threads, in another precision or of several processes, however new', async () => {
    await rates.add(log, configOf(), measured(500));
    const later = 60 * 24 * 365 * 100;
    trained({ from: later, to: later + 1, rates: [90], environment: { threads: others } });
    trained({ from: later + 2, to: later + 3, rates: [80], environment: { processes: 2 } });
    trained({ from: later + 4, to: later + 5, rates: [70], environment: { threads: null } });
    trained({ from: later + 6, to: later + 7, rates: [60], overrides: ['training.precision=bfloat16'] });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 500, from: 'measured' });
    // But one that is to compute on as many threads gets that rate.
    const shared = configOf(`training.threads=${others}`);
    expect(await rates.of(log, shared)).toMatchObject({ imagesPerSecond: 90, from: 'measured' });
  });

  it('is that of runs trained side by side only for one that is trained so', async () => {
    trained({ from: 0, to: 10, rates: [90] });
    trained({ from: 5, to: 15, rates: [80], overrides: ['network.config=B'] });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 90, from: 'unlike' });
    const beside = await rates.known(log, true);
    expect(beside(configOf())).toMatchObject({ imagesPerSecond: 90, from: 'measured' });
    // One on another machine, as of a cluster, is beside none.
    trained({ from: 20, to: 30, rates: [300] });
    trained({ from: 20, to: 30, environment: { cpu: 'another processor' } });
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 300, from: 'measured' });
  });

  it('is scaled from another net measured alike before one measured otherwise is taken', async () => {
    trained({ from: 2, to: 3, rates: [90], environment: { threads: others } });
    expect((await rates.of(log, configOf()))?.from).toBe('unlike');
    trained({ from: 0, to: 1, rates: [100], overrides: ['network.width=0.0625'] });
    const effort = (...overrides: string[]) =>
      effortOf(netKeyOf(configOf(...overrides)), { threads: cores, processes: 1 });
    const rate = await rates.of(log, configOf());
    expect(rate?.from).toBe('scaled');
    expect(rate?.imagesPerSecond).toBeCloseTo((100 * effort('network.width=0.0625')) / effort(), 9);
  });

  it('is that of runs on the same images, where there are any', async () => {
    trained({ from: 0, to: 1, rates: [300], overrides: ['data.dataset=photographs'] });
    trained({ from: 2, to: 3, rates: [900], overrides: ['data.dataset=fashion-mnist'] });
    const of = async (name: string) =>
      (await rates.of(log, configOf(`data.dataset=${name}`)))?.imagesPerSecond;
    expect([await of('photographs'), await of('fashion-mnist'), await of('others')]).toEqual([300, 900, 900]);
  });

  it('evaluates other images at least as fast as it would train them', async () => {
    const overrides = ['data.dataset=photographs'];
    const id = trained({ from: 0, rates: [300, 300], overrides });
    log.setDataset(id, dataset);
    log.addEvaluation(
      id,
      evaluation({ protocol: 'centre-crop', horizontalFlip: false, testScales: [36], seconds: 4 }),
    );
    expect((await rates.of(log, configOf(...overrides)))?.cropsPerSecond).toBe(100);
    expect((await rates.of(log, configOf('data.dataset=drawings')))?.cropsPerSecond).toBe(900);
  });

  it('is scaled from what was measured on other threads before a run that was held up counts', async () => {
    trained({ from: 0, to: 1, rates: [300], environment: { threads: others } });
    trained({ from: 2, to: 3, rates: [20], cores: [0.1 * cores] });
    const rate = await rates.of(log, configOf());
    expect(rate?.from).toBe('unlike');
    expect(rate?.imagesPerSecond).toBeGreaterThanOrEqual(300);
  });

  it('is scaled from the net near in effort that comes out fastest, so that no slow one makes smaller nets slower', async () => {
    trained({ from: 0, to: 1, rates: [100], overrides: ['network.width=0.0625'] });
    trained({ from: 2, to: 3, rates: [400], overrides: ['network.width=0.125'] });
    const [own, wider] = [
      await rates.of(log, configOf()),
      await rates.of(log, configOf('network.width=0.1')),
    ];
    expect(own?.imagesPerSecond).toBeGreaterThan(wider?.imagesPerSecond ?? NaN);
    expect(wider?.imagesPerSecond).toBeGreaterThan(400);
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

  it('of a bench that got less than half of its processor counts as measured otherwise, and replaces no other', async () => {
    await rates.add(log, configOf(), measured(300, 0.2 * cores));
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 300, from: 'unlike' });
    await rates.add(log, configOf(), measured(500));
    await rates.add(log, configOf(), measured(310, 0.2 * cores));
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 500, from: 'measured' });
  });

  it('of an earlier version’s file, which noted no threads, counts as measured otherwise, and goes', async () => {
    const old = {
      ...{ config: 'A', width: 0.03125, crop: 32, microBatch: 10 },
      ...{ processor: cpu, imagesPerSecond: 12, measuredAt: '2026-01-02T00:00:00.000Z' },
    };
    writeFileSync(join(home, 'rates.json'), JSON.stringify([old]));
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 12, from: 'unlike' });
    await rates.add(log, configOf(), measured(500));
    expect(JSON.parse(readFileSync(join(home, 'rates.json'), 'utf8'))).toHaveLength(1);
    expect(await rates.of(log, configOf())).toMatchObject({ imagesPerSecond: 500, from: 'measured' });
  });
});
