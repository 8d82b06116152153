import { expect, it } from 'vitest';
import { RunLock } from '../../src-main/runs/folder/RunLock.ts';
import { codeOf, config, dataset, environment, evaluation, openLog, point } from '../runs/fixtures.ts';

/*
 * How fast the database answers at sizes beyond those of daily use. Time of the processor, so that what else the
 * machine does is not counted.
 */

/** The fastest of ten, in milliseconds of processor time. */
function fastest(work: () => void): number {
  const times = Array.from({ length: 10 }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

it('lists 10,000 runs with their metrics in under 300 ms', () => {
  const log = openLog();
  const first = log.create({ config: config(), dataset, environment });
  const names = [
    'train/loss',
    'train/top1Error',
    'val/loss',
    'val/top1Error',
    'val/top5Error',
    'learningRate',
    'imagesPerSecond',
    'memory/rssBytes',
  ];
  log.transaction(() => {
    for (let index = 0; index < 9999; index++) {
      const id = `20260101-000000-d-64-${String(index).padStart(5, '0')}`;
      log.runs.put({ ...first, id, status: 'finished' });
      log.evaluations.put(id, evaluation({ testScales: [64], top1Error: index % 100 }));
      log.metrics.append(
        id,
        names.map((name) => point(1, index, name)),
      );
    }
  });
  const listed = log.list.all();
  expect(listed.filter(({ top1Error, bestTop5 }) => top1Error !== null && bestTop5 !== null)).toHaveLength(
    9999,
  );
  const time = fastest(() => {
    expect(log.list.all()).toHaveLength(10_000);
  });
  expect(time).toBeLessThan(300);
});

it('thins a series of 100,000 points in under 100 ms', () => {
  const log = openLog();
  const { id } = log.create({ config: config() });
  log.metrics.append(
    id,
    Array.from({ length: 100_000 }, (_, step) => point(step, Math.sin(step / 1000))),
  );
  const time = fastest(() => {
    expect(log.metrics.read(id, { maxPoints: 2000 })[0]?.steps.length).toBeGreaterThan(1900);
  });
  expect(time).toBeLessThan(100);
});

it('thins one of four series of 250,000 points in under 250 ms', () => {
  const log = openLog();
  const { id } = log.create({ config: config() });
  const names = ['loss', 'learningRate', 'imagesPerSecond', 'waiting'];
  for (let first = 0; first < 250_000; first += 2500) {
    const batch = Array.from({ length: 10_000 }, (_, index) => {
      const step = first + Math.floor(index / 4);
      return point(step, Math.sin(step / 1000), names[index % 4]);
    });
    log.metrics.append(id, batch);
  }
  const time = fastest(() => {
    const [series] = log.metrics.read(id, { names: ['loss'], maxPoints: 1000 });
    expect(series?.steps.length).toBeGreaterThan(900);
  });
  expect(time).toBeLessThan(250);
});

it('thins the matrix of 19 layers and 2,000 steps in under 50 ms', () => {
  const log = openLog();
  const { id } = log.create({ config: config() });
  const layers = Array.from({ length: 19 }, (_, index) => `conv${index}`);
  const steps = Array.from({ length: 2000 }, (_, index) => 50 * (index + 1));
  log.metrics.append(
    id,
    steps.flatMap((step) => layers.map((layer) => point(step, step, `weight/${layer}/update`))),
  );
  const time = fastest(() => {
    expect(log.metrics.layers(id, 'weight/update', 300).steps).toHaveLength(300);
  });
  expect(time).toBeLessThan(50);
});

it('waits as long as it is asked to for a folder that another holds', () => {
  const log = openLog();
  const folder = log.folder(log.create({ config: config() }).id);
  const lock = new RunLock(folder);
  const began = performance.now();
  expect(codeOf(() => new RunLock(folder, 200))).toBe('run-locked');
  expect(performance.now() - began).toBeGreaterThan(150);
  lock.release();
});
