import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvaluationResult } from '../vocabulary/evaluations.ts';
import { meanPosteriors } from './meanPosteriors.ts';
import { passesOf, type Pass, type RequestedEvaluation } from '../configuration/evaluations.ts';
import type { EvaluationSettings, Rgb } from '../configuration/schema.ts';
import type { EvaluationImages } from '../data/EvaluationImages.ts';
import { Team } from '../engine/group/Team.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import type { Network } from '../vgg/Network.ts';
import { gridSides } from '../vocabulary/protocols.ts';
import type { Architecture } from '../vgg/layers.ts';
import { errorRates } from './errors.ts';
import { posteriors } from './posterior.ts';
import { traversalsOf, type Traversal } from './traversals.ts';

/** The result of scoring the images of a task by one of the protocols. */
export interface ScoredImages extends EvaluationResult {
  /** Time of its passes over all its scales, including those shared with another result. */
  seconds: number;
  /** Mean over passes and scales: [images, classes], in the order of the samples. */
  posteriors: Float32Array;
}

export interface EvaluationTask {
  network: Network;
  architecture: Architecture;
  /** The images to score, owned by the caller, and their labels in the same order. */
  images: EvaluationImages;
  labels: readonly number[];
  /** Subtracted from each pixel (0–255); the result is divided by `deviation`. */
  mean: Rgb;
  deviation: Rgb;
  settings: Pick<EvaluationSettings, 'average' | 'horizontalFlip'>;
  /** Counts an image once for each traversal. */
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Processes with the same net that each score a part of the images, and all get the results; by default this one alone. */
  team?: Team | undefined;
}

/** The posteriors of all images by one pass at one scale, and its time. */
interface Scores {
  posteriors: Float32Array;
  seconds: number;
}

/**
 * Scores a set of images in each of the requested ways (Sect. 3.2, Tables 3 to 5), and yields each result as soon as it
 * is known. A pass at a scale is computed once, however many results share it.
 *
 * @throws the reason of the team's signal
 */
export async function* evaluate(
  task: EvaluationTask,
  requested: readonly RequestedEvaluation[],
): AsyncGenerator<ScoredImages, void, undefined> {
  const { labels } = task;
  const traversals = traversalsOf(requested);
  const scores = new Map<string, Scores>();
  let waiting = [...requested];
  for (const [place, traversal] of traversals.entries()) {
    const advance = (done: number) =>
      task.onProgress?.(place * labels.length + done, traversals.length * labels.length);
    for (const [pass, found] of await scoresOf(task, traversal, advance)) {
      scores.set(keyOf(pass, traversal.testScale), found);
    }
    const unknown: RequestedEvaluation[] = [];
    for (const one of waiting) {
      const parts = partsOf(one, scores);
      if (parts === undefined) unknown.push(one);
      else yield resultOf(task, one, parts);
    }
    waiting = unknown;
  }
}

function keyOf(pass: Pass, testScale: number): string {
  return `${pass}@${testScale}`;
}

/** Undefined while some are not computed yet. */
function partsOf(
  { protocol, testScales }: RequestedEvaluation,
  scores: ReadonlyMap<string, Scores>,
): Scores[] | undefined {
  const keys = passesOf(protocol).flatMap((pass) => testScales.map((scale) => keyOf(pass, scale)));
  const parts = keys.flatMap((key) => scores.get(key) ?? []);
  return parts.length === keys.length ? parts : undefined;
}

function resultOf(
  { labels, architecture, settings }: EvaluationTask,
  { protocol, testScales }: RequestedEvaluation,
  parts: readonly Scores[],
): ScoredImages {
  const mean = meanPosteriors(parts.map((part) => part.posteriors));
  return {
    protocol,
    average: settings.average,
    horizontalFlip: settings.horizontalFlip,
    testScales,
    ...errorRates(mean, architecture.classes, labels),
    images: labels.length,
    seconds: parts.reduce((sum, part) => sum + part.seconds, 0),
    posteriors: mean,
  };
}

async function scoresOf(
  { network, architecture, images, labels, mean, deviation, settings, team = Team.alone() }: EvaluationTask,
  { testScale, whole, passes }: Traversal,
  advance: (done: number) => void,
): Promise<Map<Pass, Scores>> {
  const { crop, classes, width } = architecture;
  const scores = new Map<Pass, Scores>(
    passes.map((pass) => [pass, { posteriors: new Float32Array(labels.length * classes), seconds: 0 }]),
  );
  const layout = whole ? 'whole' : { crop };
  let done = 0;
  let began = performance.now();
  const isOfGrid = passes.some((pass) => pass in gridSides);
  const batchPixels = Math.min(pixelsAtOnce(width), isOfGrid ? mostPixelsOfGrid : Infinity);
  for await (const batch of images.batches({ testScale, layout, batchPixels, share: team.group })) {
    // Batches that are ready arrive without a turn of the event loop, but the signal needs one.
    await nextTurn();
    if (team.wish.aborted) break;
    const count = batch.samples.length;
    const offsets = Float32Array.from({ length: count * 3 }, (_, index) => -(mean[index % 3] ?? 0));
    using input = imagesFromPixels(batch.pixels, [count, batch.height, batch.width], offsets, deviation);
    // Each pass includes the wait, since alone it would have waited for the images as well.
    const waited = performance.now() - began;
    for (const [pass, all] of scores) {
      began = performance.now();
      using result = posteriors(network, input, crop, { ...settings, pass });
      const rows = result.dataSync<'float32'>();
      for (const [row, sample] of batch.samples.entries()) {
        all.posteriors.set(rows.subarray(row * classes, (row + 1) * classes), sample * classes);
      }
      all.seconds += (waited + performance.now() - began) / 1000;
    }
    began = performance.now();
    done += count;
    advance(Math.min(done * team.size, labels.length));
  }
  team.meet();
  for (const all of scores.values()) all.posteriors = team.merge(all.posteriors);
  return scores;
}

/** An interruption is noticed only between batches, and with a grid of crops a large one would take minutes. */
const mostPixelsOfGrid = 325e3;

/**
 * Number of input pixels whose first maps (64 channels at width 1, float32, three of them alive at once) fill about
 * 500 MB. Half of it took 13 % longer (A at 224 pixels: batches of four, not eight), twice as much is only 4 % faster.
 */
function pixelsAtOnce(width: number): number {
  return Math.floor(500e6 / (64 * width * 4 * 3));
}
