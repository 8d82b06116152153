import type { RunConfig } from '../configuration/schema.ts';
import { stepsPerEpoch } from '../configuration/stepsPerEpoch.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { Draws } from '../foundation/random.ts';
import { drawColourShift, type Augmentation } from './augmentation.ts';
import type { Dataset } from './dataset.ts';
import type { ImageWorkers } from './ImageWorkers.ts';
import type { PixelBatch } from './PixelBatch.ts';
import { prefetch } from './prefetch.ts';
import type { TrainingStatistics } from './statistics.ts';

/** The position of a batch in a run: its epoch and its step within the epoch, both from 0. */
export interface BatchPosition {
  epoch: number;
  step: number;
}

export type PositionedBatch = PixelBatch & BatchPosition;

/** A part of a batch: the one at a place among as many of equal size. */
export interface Share {
  rank: number;
  size: number;
}

const wholeBatch: Share = { rank: 0, size: 1 };

/**
 * Small batches are prepared several at once, up to so many bytes of pixels: each request wakes the threads and is answered by
 * messages, which cost as much as cutting out fifty small crops.
 */
const bytesAtOnce = 512 * 1024;

/**
 * The batches of a run, prepared ahead in separate threads. A batch depends only on the dataset, the configuration and
 * its epoch and step: the loader may start at any position, with any number of threads.
 */
export class TrainingLoader {
  readonly stepsPerEpoch: number;
  readonly waiting = { waitedMs: 0 };
  readonly #dataset: Dataset;
  readonly #statistics: TrainingStatistics;
  readonly #config: RunConfig;
  readonly #augmentation: Augmentation;
  readonly #workers: ImageWorkers;
  readonly #share: Share;
  readonly #batches: AsyncGenerator<PositionedBatch, void, undefined>;

  /**
   * @param options.start the position of the first batch
   * @param options.pool threads that others use, too
   * @param options.share which part of each batch is prepared, of as many equal ones; by default all of it
   * @param options.ahead requests in preparation at any time, of a batch or of {@link bytesAtOnce}, which bounds the memory
   * @throws WorkbenchError `scale-below-crop`, `batch-not-shared`
   */
  constructor(options: {
    dataset: Dataset;
    statistics: TrainingStatistics;
    config: RunConfig;
    start: BatchPosition;
    pool: ImageWorkers;
    share?: Share;
    ahead?: number;
  }) {
    const { dataset, statistics, config, start, pool, share = wholeBatch, ahead = 3 } = options;
    const { trainScale, horizontalFlip } = config.data;
    const { crop } = config.network;
    const smallest = typeof trainScale === 'number' ? trainScale : trainScale[0];
    if (smallest < crop) {
      throw new WorkbenchError(
        'scale-below-crop',
        `Images of smallest side S = ${smallest} have no room for a crop of ${crop}.`,
        'Set data.trainScale to the crop or more; the paper uses 8/7 of the crop and up.',
      );
    }
    this.#dataset = dataset;
    this.#statistics = statistics;
    this.#config = config;
    this.#augmentation = { seed: config.training.seed, trainScale, crop, horizontalFlip };
    this.#workers = pool;
    this.#share = share;
    requireWholeShares(dataset.train.length, config.training.batch, share);
    this.stepsPerEpoch = stepsPerEpoch(dataset.train.length, config.training.batch);
    this.#batches = oneByOne(prefetch(this.#tasks(start), ahead));
  }

  /** @throws WorkbenchError `broken-image`, `image-worker-failed`; `images-closed` after `close` or a failure */
  async next(): Promise<PositionedBatch> {
    const asked = performance.now();
    const { value } = await this.#batches.next();
    this.waiting.waitedMs += performance.now() - asked;
    if (value === undefined) {
      throw new WorkbenchError('images-closed', 'The preparation of batches has ended.', 'Start it anew.', {
        kind: 'failure',
      });
    }
    return value;
  }

  async close(): Promise<void> {
    await this.#batches.return();
    // Not awaited: the threads may still be at work on batches that nobody will take.
    void this.#workers.forget(this.#dataset.train);
  }

  *#tasks(start: BatchPosition): Generator<() => Promise<PositionedBatch[]>, void, undefined> {
    const { batch, seed } = this.#config.training;
    const atOnce = Math.max(1, Math.floor((bytesAtOnce * this.#share.size) / (batch * this.#rowBytes)));
    for (let epoch = start.epoch, first = start.step; ; epoch++, first = 0) {
      const order = new Draws(seed, 'shuffling', epoch).permutation(this.#dataset.train.length);
      for (let step = first; step < this.stepsPerEpoch; step += atOnce) {
        const steps = Math.min(atOnce, this.stepsPerEpoch - step);
        const batches = Array.from({ length: steps }, (_, next) =>
          shareOf(order.subarray((step + next) * batch, (step + next + 1) * batch), this.#share),
        );
        yield () => this.#prepare({ epoch, step }, batches);
      }
    }
  }

  /** The batches from a position on, by the indexes of their images. */
  async #prepare(
    { epoch, step }: BatchPosition,
    batches: readonly Uint32Array[],
  ): Promise<PositionedBatch[]> {
    const augmentation = this.#augmentation;
    const indexes = batches.flatMap((batch) => [...batch]);
    const pixels = await this.#workers.gather(this.#dataset.train, indexes, this.#rowBytes, (lane, images) =>
      this.#workers.ask(lane, 'trainingCrops', { images, epoch, augmentation }),
    );
    let begin = 0;
    return batches.map((batch, next) => {
      const end = begin + batch.length * this.#rowBytes;
      const own = pixels.subarray(begin, end);
      begin = end;
      return { pixels: own, ...this.#describe(batch, epoch), epoch, step: step + next };
    });
  }

  #describe(batch: Uint32Array, epoch: number): Pick<PixelBatch, 'labels' | 'offsets'> {
    const labels = Int32Array.from(batch, (index) => this.#dataset.train[index]?.label ?? 0);
    const offsets = new Float32Array(batch.length * 3);
    batch.forEach((index, row) => {
      offsets.set(this.#offset(epoch, index), row * 3);
    });
    return { labels, offsets };
  }

  /** Of the pixels of an image. */
  get #rowBytes(): number {
    return this.#augmentation.crop ** 2 * 3;
  }

  #offset(epoch: number, index: number): number[] {
    const { colourShift, mean } = this.#config.data;
    const subtracted = mean === 'training-set' ? this.#statistics.mean : mean;
    const { seed } = this.#augmentation;
    const shift = drawColourShift(this.#statistics, colourShift, { seed, epoch, image: index });
    return shift.map((value, channel) => value - (subtracted[channel] ?? 0));
  }
}

async function* oneByOne<Item>(groups: AsyncIterable<Item[]>): AsyncGenerator<Item, void, undefined> {
  for await (const group of groups) yield* group;
}

function shareOf(batch: Uint32Array, { rank, size }: Share): Uint32Array {
  const images = batch.length / size;
  return batch.subarray(rank * images, (rank + 1) * images);
}

/** The configuration's batch is made of whole shares, but a training set smaller than that is one batch of its own. */
function requireWholeShares(images: number, batch: number, { size }: Share): void {
  if (images >= batch || images % size === 0) return;
  throw new WorkbenchError(
    'batch-not-shared',
    `The training set is one batch of ${images} images, which ${size} processes cannot share evenly.`,
    'Train it in one process (training.processes=1).',
  );
}
