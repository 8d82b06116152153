import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunConfig } from '../../src-main/configuration/schema.ts';
import { drawColourShift, drawCrop, drawScale } from '../../src-main/data/augmentation.ts';
import { copyCrop } from '../../src-main/data/crop.ts';
import type { Dataset } from '../../src-main/data/dataset.ts';
import { decodeImage } from '../../src-main/data/decodeImage.ts';
import { ImageWorkers } from '../../src-main/data/ImageWorkers.ts';
import { inspectDataset } from '../../src-main/data/inspectDataset.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { rescale } from '../../src-main/data/rescale.ts';
import type { TrainingStatistics } from '../../src-main/data/statistics.ts';
import { stepsPerEpoch } from '../../src-main/configuration/stepsPerEpoch.ts';
import { TrainingLoader, type PositionedBatch, type Share } from '../../src-main/data/TrainingLoader.ts';
import { defined } from '../../src-main/foundation/defined.ts';
import { Draws } from '../../src-main/foundation/random.ts';
import {
  datasetInMemory,
  imagePool,
  jpegFile,
  runConfig,
  temporaryFolder,
  writeFiles,
} from './imageFiles.ts';

/** 23 images of three shapes: six steps of four with three left over. */
const dataset = datasetInMemory(23, [
  [40, 40],
  [50, 36],
  [33, 47],
]);
const statistics = await statisticsFor(dataset);

/** Threads by their number and cache: they are shared, since each takes longer to start than to prepare all these images. */
const pools = new Map<string, ImageWorkers>();
afterAll(() => Promise.all([...pools.values()].map((pool) => pool.close())));

function sharedPool(count: number, cacheBytes?: number): ImageWorkers {
  const key = `${count} ${cacheBytes ?? 'default'}`;
  const pool = pools.get(key) ?? new ImageWorkers({ count, ...defined({ cacheBytes }) });
  pools.set(key, pool);
  return pool;
}

async function statisticsFor(data: Dataset): Promise<TrainingStatistics> {
  const inspection = await inspectDataset(data, { workers: 1 });
  if (inspection.statistics === null) throw new Error('There are training images.');
  return inspection.statistics;
}

async function batches(
  count: number,
  config: RunConfig,
  start = { epoch: 0, step: 0 },
  options: { cacheBytes?: number; ahead?: number; data?: Dataset; share?: Share } = {},
): Promise<PositionedBatch[]> {
  const { data = dataset, cacheBytes, ...rest } = options;
  const pool = sharedPool(config.data.workers, cacheBytes);
  const loader = new TrainingLoader({ dataset: data, statistics, config, start, pool, ...rest });
  try {
    const made: PositionedBatch[] = [];
    while (made.length < count) made.push(await loader.next());
    return made;
  } finally {
    await loader.close();
  }
}

describe.each([
  ['fixed', 36],
  ['jittered', [32, 48]],
] as const)('TrainingLoader at a %s scale', (_, scale) => {
  const trainScale = typeof scale === 'number' ? scale : ([...scale] as [number, number]);
  const config = runConfig({ crop: 32, trainScale, batch: 4, workers: 1 });

  it('gives the same bytes from any start, with any number of threads, with and without its cache', async () => {
    const undisturbed = await batches(13, config);
    expect(undisturbed.map(({ epoch, step }) => `${epoch}.${step}`)).toEqual(
      '0.0 0.1 0.2 0.3 0.4 1.0 1.1 1.2 1.3 1.4 2.0 2.1 2.2'.split(' '),
    );
    for (const workers of [2, 3]) {
      expect(await batches(13, { ...config, data: { ...config.data, workers } })).toEqual(undisturbed);
    }
    expect(await batches(13, config, undefined, { cacheBytes: 0, ahead: 1 })).toEqual(undisturbed);
    expect(await batches(13, config, undefined, { cacheBytes: 20_000 })).toEqual(undisturbed);
    expect(await batches(6, config, { epoch: 1, step: 2 })).toEqual(undisturbed.slice(7));
  });

  it('holds what rescaling, cropping and mirroring each image by its own draws gives', async () => {
    const [, second] = await batches(2, config, { epoch: 3, step: 1 });
    const order = new Draws(1, 'shuffling', 3).permutation(23).subarray(8, 12);
    const augmentation = { seed: 1, trainScale, crop: 32, horizontalFlip: true };
    const expected = new Uint8Array(4 * 32 * 32 * 3);
    for (const [row, index] of order.entries()) {
      const sample = dataset.train[index];
      if (sample === undefined) throw new Error('The order is one of the samples.');
      const image = rescale(await decodeImage(sample.source), drawScale(augmentation, 3, index));
      copyCrop(image, 32, drawCrop(augmentation, 3, index, image), expected.subarray(row * 32 * 32 * 3));
      const shift = drawColourShift(statistics, 0.1, { seed: 1, epoch: 3, image: index });
      shift.forEach((value, channel) => {
        expect(second?.offsets[row * 3 + channel]).toBeCloseTo(value - (statistics.mean[channel] ?? 0), 4);
      });
      expect(second?.labels[row]).toBe(sample.label);
    }
    expect(Buffer.compare(second?.pixels ?? new Uint8Array(), expected)).toBe(0);
  });
});

describe('TrainingLoader', () => {
  it('shows every image at most once an epoch, in another order each time, with other views', async () => {
    const config = runConfig({ crop: 32, trainScale: 36, batch: 23 });
    const [first, second] = await batches(2, config);
    expect(first?.labels.length).toBe(23);
    expect(first?.labels).not.toEqual(second?.labels);
    expect([...(first?.labels ?? [])].sort()).toEqual([...(second?.labels ?? [])].sort());
  });

  it('makes one smaller batch of a training set smaller than a batch', async () => {
    const made = await batches(2, runConfig({ crop: 32, trainScale: 36, batch: 100 }));
    expect(made.map(({ labels, epoch, step }) => [labels.length, epoch, step])).toEqual([
      [23, 0, 0],
      [23, 1, 0],
    ]);
    expect([stepsPerEpoch(23, 4), stepsPerEpoch(24, 4), stepsPerEpoch(3, 4)]).toEqual([5, 6, 1]);
  });

  it('prepares a share of each batch: the shares in their order are the batch', async () => {
    const config = runConfig({ crop: 32, trainScale: [32, 48], batch: 6 });
    const whole = await batches(4, config);
    const shares = await Promise.all(
      [0, 1, 2].map((rank) => batches(4, config, undefined, { share: { rank, size: 3 } })),
    );
    for (const [index, batch] of whole.entries()) {
      const parts = shares.flatMap((share) => share[index] ?? []);
      for (const kind of ['pixels', 'offsets', 'labels'] as const) {
        expect(parts.flatMap((part) => [...part[kind]])).toEqual([...batch[kind]]);
      }
    }
  });

  it('refuses a training set smaller than a batch that shares do not divide', async () => {
    const config = runConfig({ crop: 32, trainScale: 36, batch: 100 });
    const share = { rank: 0, size: 2 };
    await expect(batches(1, config, undefined, { share })).rejects.toMatchObject({
      code: 'batch-not-shared',
    });
  });

  it('subtracts a given mean, and shifts no colour when that is off', async () => {
    const data = { mean: [1, 2, 3] as [number, number, number], colourShift: 0 };
    const [batch] = await batches(1, runConfig({ crop: 32, trainScale: 36, batch: 2, data }));
    expect([...(batch?.offsets ?? [])]).toEqual([-1, -2, -3, -1, -2, -3]);
  });

  it('counts the time it was waited for', async () => {
    const loader = new TrainingLoader({
      dataset,
      statistics,
      config: runConfig({ crop: 32, trainScale: 36, batch: 4 }),
      start: { epoch: 0, step: 0 },
      pool: sharedPool(2),
    });
    onTestFinished(() => loader.close());
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const first = loader.next();
    vi.advanceTimersByTime(40);
    await first;
    expect(loader.waiting.waitedMs).toBe(40);
    // Nobody waits while a step is made.
    vi.advanceTimersByTime(300);
    const second = loader.next();
    vi.advanceTimersByTime(2);
    await second;
    expect(loader.waiting.waitedMs).toBe(42);
  });

  it('refuses a scale below the crop', () => {
    const config = runConfig({ crop: 64, trainScale: [60, 90], batch: 4 });
    const parts = {
      dataset,
      statistics,
      config,
      start: { epoch: 0, step: 0 },
      pool: imagePool({ count: 1 }),
    };
    expect(() => new TrainingLoader(parts)).toThrow(
      expect.objectContaining({ code: 'scale-below-crop' }) as Error,
    );
  });

  it('names an image that breaks while it trains, and ends its threads', async () => {
    const folder = temporaryFolder();
    const files = await Promise.all([1, 2, 3, 4].map((seed) => jpegFile(40, 40, seed)));
    writeFiles(folder, Object.fromEntries(files.map((file, index) => [`train/a/${index}.jpg`, file])));
    const data = await openDataset(folder);
    const threads = watchThreads();
    const pool = imagePool({ count: 2, cacheBytes: 0 });
    const loader = new TrainingLoader({
      dataset: data,
      statistics,
      config: runConfig({ crop: 32, trainScale: 36, batch: 2 }),
      start: { epoch: 0, step: 0 },
      pool,
    });
    await loader.next();
    writeFileSync(join(folder, 'train/a/2.jpg'), 'no longer an image');
    await expect(
      (async () => {
        for (let step = 0; step < 20; step++) await loader.next();
      })(),
    ).rejects.toMatchObject({ code: 'broken-image', message: expect.stringContaining('a/2.jpg') as string });
    await expect(loader.next()).rejects.toMatchObject({ code: 'images-closed' });
    await loader.close();
    await pool.close();
    expect(threads.running()).toBe(0);
  });

  it('reports a thread that dies, and does not hang', async () => {
    const threads = watchThreads();
    const loader = new TrainingLoader({
      dataset,
      statistics,
      config: runConfig({ crop: 32, trainScale: [32, 48], batch: 4 }),
      start: { epoch: 0, step: 0 },
      pool: imagePool({ count: 2 }),
    });
    onTestFinished(() => loader.close());
    await loader.next();
    await threads.all[0]?.terminate();
    await expect(
      (async () => {
        for (let step = 0; step < 20; step++) await loader.next();
      })(),
    ).rejects.toMatchObject({ code: 'image-worker-failed', kind: 'failure' });
  });

  it('finds the threads that were started ahead of it', async () => {
    const threads = watchThreads();
    const pool = imagePool({ count: 2 }).start();
    // Node tells of a new thread in the next turn.
    await nextTurn();
    expect(threads.all).toHaveLength(2);
    const config = runConfig({ crop: 32, trainScale: 36, batch: 4 });
    const loader = new TrainingLoader({ dataset, statistics, config, start: { epoch: 0, step: 0 }, pool });
    onTestFinished(() => loader.close());
    await loader.next();
    expect(threads.all).toHaveLength(2);
  });

  it('ends with its threads when they are closed in the middle of their work', async () => {
    const threads = watchThreads();
    const pool = imagePool({ count: 3 });
    const loader = new TrainingLoader({
      dataset,
      statistics,
      config: runConfig({ crop: 32, trainScale: [32, 48], batch: 4 }),
      start: { epoch: 0, step: 0 },
      pool,
    });
    const pending = loader.next();
    const outcome = expect(pending).rejects.toMatchObject({ code: 'images-closed' });
    await pool.close();
    await loader.close();
    await outcome;
    expect(threads.all.length).toBeGreaterThan(0);
    expect(threads.running()).toBe(0);
  });
});

/** The threads started from now on; the real ones. */
function watchThreads() {
  const all: Worker[] = [];
  let running = 0;
  const listener = (worker: Worker) => {
    all.push(worker);
    running++;
    worker.on('exit', () => running--);
  };
  process.on('worker', listener);
  onTestFinished(() => {
    process.off('worker', listener);
  });
  return { all, running: () => running };
}
