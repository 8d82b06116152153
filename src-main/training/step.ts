import type { Rgb } from '../configuration/schema.ts';
import type { PixelBatch } from '../data/PixelBatch.ts';
import { dropoutOf, type Dropout } from '../engine/layers/Dropout.ts';
import { scale } from '../engine/ops/pointwise.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import { softmaxCrossEntropy } from '../engine/ops/loss.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import type { Variable } from '../engine/Variable.ts';
import { errorRates } from '../evaluation/errors.ts';
import { statelessSeed } from '../foundation/random.ts';
import type { Network } from '../vgg/Network.ts';
import type { GradientSink, Watch } from '../vgg/stages/Stage.ts';
import type { GradientSum } from './GradientSum.ts';

/** A net that learns. */
export interface Learner {
  network: Network;
  /** Adds up the gradients of micro-batches. */
  sums: GradientSum;
  /** Called with each gradient, which it then owns. */
  update: (parameter: Variable, gradient: Tensor) => void;
}

export interface StepSettings {
  crop: number;
  /** Number of images in the net at once. */
  microBatch: number;
  dropout: number;
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
 * If the batch fits into one pass, the gradients go straight to `update`. Else, and where their common norm must be known
 * first, those of micro-batches are added up. The sum is the same: each image's part is divided by the whole batch's size,
 * and its dropout mask cut from the whole batch's.
 *
 * @returns the mean loss and the top-1 error in % of the batch, with the weights as they were before the update
 */
export function gradientStep(
  { network, sums, update }: Learner,
  batch: PixelBatch,
  settings: StepSettings,
): { loss: number; top1Error: number } {
  const { crop, microBatch, clipNorm } = settings;
  const images = batch.labels.length;
  const straight = images <= microBatch && clipNorm === null;
  const sink: GradientSink = straight
    ? update
    : (parameter, gradient) => {
        sums.add(parameter, gradient);
      };
  let loss = 0;
  let wrong = 0;
  for (let begin = 0; begin < images; begin += microBatch) {
    const end = Math.min(begin + microBatch, images);
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
      watch: settings.watch,
      dropout: (layer, channels) => dropoutIn(layer, settings, { images, channels, begin, count: part }),
    });
    using target = tensorflow().tf.tensor1d(labels, 'int32');
    const { losses, gradient } = softmaxCrossEntropy(logits, target);
    const mean = scale(gradient, 1 / images);
    gradient.dispose();
    // Reading waits for the forward pass, so it comes before the backward pass frees the logits.
    const scores = logits.dataSync<'float32'>();
    wrong += (errorRates(scores, logits.shape[1] ?? 0, labels).top1Error / 100) * part;
    for (const value of losses.dataSync<'float32'>()) loss += value / images;
    losses.dispose();
    network.backward(mean, { sink });
  }
  if (clipNorm !== null) sums.clip(clipNorm);
  if (!straight) sums.drain(update);
  return { loss, top1Error: (100 * wrong) / images };
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
