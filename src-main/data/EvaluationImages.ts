import { WorkbenchError } from '../foundation/errors.ts';
import type { Sample } from './dataset.ts';
import { type ImageWorkers, referenceTo } from './ImageWorkers.ts';
import { inParallel } from './inParallel.ts';
import { prefetch } from './prefetch.ts';
import { rescaledSize } from './rescale.ts';

/** Images of one shape: whole ones, or central crops. */
export interface EvaluationBatch {
  /** `[images, height, width, 3]`, 0–255. */
  pixels: Uint8Array<ArrayBuffer>;
  height: number;
  width: number;
  /** Which of the samples these are, by index. */
  samples: number[];
}

export interface EvaluationView {
  /** Q: the smallest side after isotropic rescaling (Sect. 3.2). */
  testScale: number;
  /** The whole uncropped image, or its central crop of a given side. */
  layout: 'whole' | { crop: number };
  /** Most pixels (images × height × width) in a batch; a larger image makes a batch of its own. */
  batchPixels: number;
  /** Which of the batches: each `size`th, from the one at `rank` on; by default all of them. */
  share?: { rank: number; size: number };
}

/** Headers read in one request. */
const chunk = 64;

/** The images of a split for evaluation: as long as the pool lives, again (each epoch) without decoding again. */
export class EvaluationImages {
  readonly #samples: readonly Sample[];
  readonly #workers: ImageWorkers;
  #shapes: Promise<{ width: number; height: number }[]> | undefined;

  /** @param options.pool threads that others use, too */
  constructor({ samples, pool }: { samples: readonly Sample[]; pool: ImageWorkers }) {
    this.#samples = samples;
    this.#workers = pool;
  }

  /**
   * Every sample once, in batches of equal shape, ordered by height, then width, then index. The order depends only on
   * the samples and the view. The next batches are prepared while one is used. A share has some of the same batches.
   *
   * @throws WorkbenchError `scale-below-crop`, `broken-image`, `image-worker-failed`
   */
  async *batches(view: EvaluationView): AsyncGenerator<EvaluationBatch, void, undefined> {
    const { testScale, layout, share = { rank: 0, size: 1 } } = view;
    if (layout !== 'whole' && testScale < layout.crop) {
      throw new WorkbenchError(
        'scale-below-crop',
        `Images of smallest side Q = ${testScale} have no room for a crop of ${layout.crop}.`,
        'Choose test scales no smaller than the crop, or the dense protocol.',
      );
    }
    const plan = layout === 'whole' ? await this.#planWhole(testScale) : [this.#planCrops(layout.crop)];
    const tasks = plan
      .flatMap((group) => cutGroup(group, view))
      .filter((_, place) => place % share.size === share.rank)
      .map((batch) => () => this.#prepare(batch, view));
    yield* prefetch(tasks, 2);
  }

  #planCrops(crop: number): Group {
    return { height: crop, width: crop, samples: this.#samples.map((_, index) => index) };
  }

  async #planWhole(side: number): Promise<Group[]> {
    this.#shapes ??= this.#readShapes();
    const groups = new Map<string, Group>();
    (await this.#shapes).forEach((shape, index) => {
      const { width, height } = rescaledSize(shape.width, shape.height, side);
      const key = `${height}×${width}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { height, width, samples: [index] });
      else group.samples.push(index);
    });
    return [...groups.values()].sort((a, b) => a.height - b.height || a.width - b.width);
  }

  async #readShapes(): Promise<{ width: number; height: number }[]> {
    const starts = Array.from(
      { length: Math.ceil(this.#samples.length / chunk) },
      (_, index) => index * chunk,
    );
    const shapes = await inParallel(starts, this.#workers.count, async (start, lane) => {
      const end = Math.min(start + chunk, this.#samples.length);
      const images = Array.from({ length: end - start }, (_, offset) =>
        referenceTo(this.#samples, start + offset),
      );
      return await this.#workers.ask(lane, 'shapes', { images });
    });
    return shapes.flat();
  }

  async #prepare(
    { height, width, samples }: Group,
    { testScale, layout }: EvaluationView,
  ): Promise<EvaluationBatch> {
    const pixels = await this.#workers.gather(this.#samples, samples, height * width * 3, (lane, images) =>
      layout === 'whole'
        ? this.#workers.ask(lane, 'wholeImages', { images, side: testScale, width, height })
        : this.#workers.ask(lane, 'centralCrops', { images, side: testScale, crop: layout.crop }),
    );
    return { pixels, height, width, samples };
  }
}

/** Samples that have the same shape once rescaled. */
interface Group {
  height: number;
  width: number;
  samples: number[];
}

function cutGroup({ height, width, samples }: Group, { batchPixels }: EvaluationView): Group[] {
  const size = Math.max(1, Math.min(samples.length, Math.floor(batchPixels / (height * width))));
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, batch) => ({
    height,
    width,
    samples: samples.slice(batch * size, (batch + 1) * size),
  }));
}
