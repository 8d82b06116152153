import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvaluationSettings, Rgb } from '../configuration/schema.ts';
import type { EvaluationImages } from '../data/EvaluationImages.ts';
import { imagesFromPixels } from '../engine/ops/pointwise.ts';
import type { Network } from '../vgg/Network.ts';
import type { Architecture } from '../vgg/layers.ts';
import { errorRates, type ErrorRates } from './errors.ts';
import { posteriors } from './posterior.ts';

/** Everything an error rate depends on besides the weights: no number goes without it. */
export interface EvaluationProtocol {
  protocol: EvaluationSettings['protocol'];
  average: EvaluationSettings['average'];
  horizontalFlip: boolean;
  testScales: readonly number[];
}

export interface EvaluationResult extends EvaluationProtocol, ErrorRates {
  images: number;
  /** Of the passes over all its scales. */
  seconds: number;
  /** Mean over the scales: [images, classes], in the order of the samples. */
  posteriors: Float32Array;
}

export interface EvaluationTask {
  network: Network;
  architecture: Architecture;
  /** The images to score, owned by the caller, and their labels in the same order. */
  images: EvaluationImages;
  labels: readonly number[];
  /** Subtracted from each pixel (0–255), and what it is divided by then. */
  mean: Rgb;
  deviation: Rgb;
  settings: Omit<EvaluationSettings, 'testScales' | 'checkpoint'>;
  /** Counts an image once for each scale. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Scores a set of images at each of the test scales, and answers for each set of scales asked for (Sect. 3.2, Tables 3
 * and 4). A scale that several sets share is computed once.
 *
 * @throws what the signal was aborted with
 */
export async function evaluate(
  task: EvaluationTask,
  scaleSets: readonly (readonly number[])[],
): Promise<EvaluationResult[]> {
  const { labels, architecture, settings } = task;
  const byScale = new Map<number, { posteriors: Float32Array; seconds: number }>();
  const scales = new Set(scaleSets.flat());
  for (const testScale of scales) {
    const before = byScale.size * labels.length;
    const advance = (done: number) => task.onProgress?.(before + done, scales.size * labels.length);
    byScale.set(testScale, await posteriorsAtScale(task, testScale, advance));
  }
  return scaleSets.map((testScales) => {
    const parts = testScales.map((scale) => byScale.get(scale)).filter((part) => part !== undefined);
    const mean = meanOf(parts.map((part) => part.posteriors));
    return {
      protocol: settings.protocol,
      average: settings.average,
      horizontalFlip: settings.horizontalFlip,
      testScales,
      ...errorRates(mean, architecture.classes, labels),
      images: labels.length,
      seconds: parts.reduce((sum, part) => sum + part.seconds, 0),
      posteriors: mean,
    };
  });
}

async function posteriorsAtScale(
  { network, architecture, images, labels, mean, deviation, settings, signal }: EvaluationTask,
  testScale: number,
  advance: (done: number) => void,
): Promise<{ posteriors: Float32Array; seconds: number }> {
  const { crop, classes, width } = architecture;
  const began = performance.now();
  const all = new Float32Array(labels.length * classes);
  let done = 0;
  const layout = settings.protocol === 'centre-crop' ? { crop } : 'whole';
  for await (const batch of images.batches({ testScale, layout, batchPixels: pixelsAtOnce(width) })) {
    // Batches that are ready come without a turn of the event loop, but the signal needs one to arrive.
    await nextTurn();
    signal?.throwIfAborted();
    const count = batch.samples.length;
    const offsets = Float32Array.from({ length: count * 3 }, (_, index) => -(mean[index % 3] ?? 0));
    const input = imagesFromPixels(batch.pixels, [count, batch.height, batch.width], offsets, deviation);
    const result = posteriors(network, input, crop, settings);
    input.dispose();
    const rows = result.dataSync<'float32'>();
    result.dispose();
    for (const [row, sample] of batch.samples.entries()) {
      all.set(rows.subarray(row * classes, (row + 1) * classes), sample * classes);
    }
    done += count;
    advance(done);
  }
  return { posteriors: all, seconds: (performance.now() - began) / 1000 };
}

/**
 * Pixels of input whose first maps (64 channels at width 1, float32, three of them alive at once) fill about 250 MB. More
 * is not faster, and a multi-crop evaluation hears of an interruption only between its batches.
 */
function pixelsAtOnce(width: number): number {
  return Math.floor(250e6 / (64 * width * 4 * 3));
}

function meanOf(parts: readonly Float32Array[]): Float32Array {
  const [first] = parts;
  if (!first || parts.length === 1) return first ?? new Float32Array(0);
  return first.map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? NaN), 0) / parts.length);
}
