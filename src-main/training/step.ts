import type { Rgb } from '../configuration/schema.ts';
import type { PixelBatch } from '../data/PixelBatch.ts';
import { dropoutOf, type Dropout } from '../engine/layers/Dropout.ts';
import { scale } from '../engine/ops/pointwise.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import { softmaxCrossEntropy } from '../engine/ops/loss.ts';
import { Team } from '../engine/group/Team.ts';
import { tensorflow } from '../engine/tensorflow.ts';
import { countMisses } from '../evaluation/errors.ts';
import type { Precision } from '../vocabulary/kernels.ts';
import { statelessSeed } from '../foundation/random.ts';
import type { Network } from '../vgg/Network.ts';
import type { GradientSink, Watch } from '../vgg/stages/Stage.ts';
import type { GradientSum } from './GradientSum.ts';

/** A net that learns. */
export interface Learner {
  network: Network;
  /** Adds up the gradients of micro-batches. */
  sums: GradientSum;
  /** Called with each gradient, which it then owns; with that by a great weight in parts, if it comes straight. */
  update: GradientSink;
  /** Processes that learn the same in step, each from its share of the batch; by default this one alone. */
  team?: Team;
}

export interface StepSettings {
  crop: number;
  /** Number of images in the net at once. */
  microBatch: number;
  dropout: number;
  /** What convolutions multiply; by default floats. */
  precision?: Precision;
  /** The gradient over the batch is no longer than this; null for any length. */
  clipNorm: number | null;
  /** Each channel of the pixels is divided by this. */
  deviation: Rgb;
  seed: number;
  /** Counts the steps of the run: the position in the stream of dropout masks. */
  step: number;
  /** Called with the output of each layer, for each micro-batch. */
  watch?: Watch | undefined;
}

/**
 * The gradient of the mean cross-entropy over a batch, passed on once for every parameter.
 *
 * In a team each process has its share of the images, as many as the others, in the order of the ranks. The gradients of the
 * shares are added up: that is what one process does whose micro-batches are these shares, to the last bit.
 *
 * If the batch fits into one pass, the gradients go straight to `update`. Else, and where their common norm must be known
 * first, those of micro-batches are added up. The sum is the same: each image's part is divided by the whole batch's size,
 * and its dropout mask cut from the whole batch's.
 *
 * @param batch the images, or this process's share of them
 * @returns the mean loss and the top-1 error in % of the batch, with the weights as they were before the update
 */
export function gradientStep(
  { network, sums, update, team = Team.alone() }: Learner,
  batch: PixelBatch,
  settings: StepSettings,
): { loss: number; top1Error: number } {
  const { crop, microBatch, clipNorm } = settings;
  const share = batch.labels.length;
  const images = share * team.size;
  const before = share * team.group.rank;
  const straight = team.size === 1 && images <= microBatch && clipNorm === null;
  const sink: GradientSink = straight
    ? update
    : (parameter, gradient, rows) => {
        sums.add(parameter, gradient, rows);
      };
  const lossOf = new Float32Array(share);
  let wrong = 0;
  for (let begin = 0; begin < share; begin += microBatch) {
    const end = Math.min(begin + microBatch, share);
    const part = end - begin;
    using input = imagesFromPixels(
      batch.pixels.subarray(begin * crop * crop * 3, end * crop * crop * 3),
      [part, crop, crop],
      batch.offsets.slice(begin * 3, end * 3),
      settings.deviation,
    );
    const labels = batch.labels.slice(begin, end);
    const logits = network.forward(input, {
      training: true,
      precision: settings.precision ?? 'float32',
      watch: settings.watch,
      dropout: (layer, channels) =>
        dropoutIn(layer, settings, { images, channels, begin: before + begin, count: part }),
    });
    using target = tensorflow().tf.tensor1d(labels, 'int32');
    const { losses, gradient } = softmaxCrossEntropy(logits, target);
    const mean = scale(gradient, 1 / images);
    gradient.dispose();
    // Reading waits for the forward pass, so it comes before the backward pass frees the logits.
    const scores = logits.dataSync<'float32'>();
    wrong += countMisses(scores, logits.shape[1] ?? 0, labels).first;
    lossOf.set(losses.dataSync<'float32'>(), begin);
    losses.dispose();
    network.backward(mean, { sink, inParts: true });
  }
  sums.addUp(team.group);
  if (clipNorm !== null) sums.clip(clipNorm);
  if (!straight) sums.drain(update);
  return scoresOf(team, lossOf, wrong);
}

/** Of the whole batch. The losses are added one by one, so that the sum does not depend on the shares. */
function scoresOf(team: Team, lossOf: Float32Array, wrong: number): { loss: number; top1Error: number } {
  const own = new Float32Array(lossOf.length + 1);
  own.set(lossOf);
  own[lossOf.length] = wrong;
  const shares = team.gather(own);
  const images = shares.length * lossOf.length;
  let loss = 0;
  let wrongInAll = 0;
  for (const one of shares) {
    for (const value of one.subarray(0, -1)) loss += value / images;
    wrongInAll += one.at(-1) ?? 0;
  }
  return { loss, top1Error: (100 * wrongInAll) / images };
}

/** The dropout of a micro-batch: the rows of the whole batch's mask for these images. */
function dropoutIn(
  layer: string,
  { dropout, seed, step }: StepSettings,
  rows: { images: number; channels: number; begin: number; count: number },
): Dropout | undefined {
  if (dropout === 0) return undefined;
  const keys = statelessSeed(seed, 'dropout', step, ...Buffer.from(layer));
  return dropoutOf({ ...rows, rate: dropout, keys });
}
