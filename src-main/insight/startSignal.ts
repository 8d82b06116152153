import type { SampleSource } from '../data/dataset.ts';
import { centralCropOf } from '../data/oneImage.ts';
import { scale } from '../engine/ops/pointwise.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import { softmaxCrossEntropy } from '../engine/ops/loss.ts';
import { mean } from '../engine/ops/reduction.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { Draws } from '../foundation/random.ts';
import { readScalar, TensorMoments } from '../training/TensorMoments.ts';
import { randomInitialiser } from '../vgg/initialise.ts';
import { Network } from '../vgg/Network.ts';
import { Parameters } from '../vgg/Parameters.ts';
import { scaleToUnitVariance } from '../vgg/unitVariance.ts';
import { channelStatistics } from './statistics.ts';
import type { About, AnswerTo } from './questions.ts';

/** What reaches a layer before the first step, and what comes back to it. */
export interface LayerSignal {
  name: string;
  /** Standard deviation of the output over all its values, after the ReLU: what a run logs as `activation/deviation`. */
  activation: number;
  /** L2 norm of the loss's gradient by the weights: what a run logs as `gradient/norm`; null for layers without weights. */
  gradient: number | null;
  /** L2 norm of the weights; null for layers without. */
  weight: number | null;
}

/** The greatest grey level. */
const white = 255;

/**
 * The signal and the gradient of every layer of a net that has learned nothing. A net whose signal dies on its way, or
 * whose gradient does on the way back, cannot begin to learn, whatever it is then trained on.
 *
 * @throws WorkbenchError `image-unreadable`, `no-variance`
 */
export async function startSignalOf(question: About<'startSignal'>): Promise<AnswerTo<About<'startSignal'>>> {
  const { config, width, crop, classes, initialisation, seed } = question;
  const pixels = await pixelsOf(question);
  using images = asInput(pixels, crop, question.standardised);
  using parameters = new Parameters(
    { config, width, crop, classes },
    randomInitialiser(initialisation, seed),
  );
  if (initialisation.scheme === 'lsuv') scaleToUnitVariance(parameters, images);
  const draws = new Draws(seed, 'shuffling');
  const labels = Int32Array.from({ length: images.shape[0] }, () => draws.integer(0, classes - 1));
  return { about: 'startSignal', ...signalThrough(parameters, images, labels) };
}

/**
 * One pass forward and back, without dropout and without an update.
 *
 * @param images [batch, crop, crop, 3], owned by the caller
 * @returns the mean loss, and the layers in their order, without pools
 */
export function signalThrough(
  parameters: Parameters,
  images: Tensor,
  labels: Int32Array,
): { loss: number; layers: LayerSignal[] } {
  const activations = new Map<string, TensorMoments>();
  const network = new Network(parameters);
  const logits = network.forward(images, {
    training: true,
    watch: ({ name, kind }, output) => {
      if (kind === 'pool') return;
      const moments = new TensorMoments();
      moments.add(output);
      activations.set(name, moments);
    },
  });
  using target = tensorflow().tf.tensor1d(labels, 'int32');
  const { losses, gradient } = softmaxCrossEntropy(logits, target);
  const loss = readScalar(mean(losses));
  losses.dispose();
  const ofMean = scale(gradient, 1 / labels.length);
  gradient.dispose();
  const norms = new Map<object, number>();
  network.backward(ofMean, {
    sink: (parameter, value) => {
      norms.set(parameter, normOf(value));
      value.dispose();
    },
  });
  const parametric = new Map(parameters.parametricLayers().map((layer) => [layer.name, layer]));
  const layers = [...activations].map(([name, moments]): LayerSignal => {
    const layer = parametric.get(name);
    const weight = layer && parameters.of(layer).weight;
    return {
      name,
      activation: moments.take().deviation,
      gradient: weight ? (norms.get(weight) ?? null) : null,
      weight: weight ? weight.with(normOf) : null,
    };
  });
  return { loss, layers };
}

function normOf(tensor: Tensor): number {
  const moments = new TensorMoments();
  moments.add(tensor);
  return moments.take().norm;
}

/** Central crops of the images, one after the other; without images, noise that is as likely black as white. */
async function pixelsOf({ sources, images, crop, seed }: About<'startSignal'>): Promise<Uint8Array> {
  if (sources.length === 0) {
    const draws = new Draws(seed, 'crop');
    return Uint8Array.from({ length: images * crop * crop * 3 }, () => draws.integer(0, white));
  }
  const pixels = new Uint8Array(sources.length * crop * crop * 3);
  for (const [index, source] of sources.entries())
    pixels.set(await cropOf(source, crop), index * crop * crop * 3);
  return pixels;
}

async function cropOf(source: SampleSource, crop: number): Promise<Uint8Array> {
  return (await centralCropOf(source, crop, crop)).data;
}

/** Less the mean colour of these pixels, and divided by their deviation if asked. */
function asInput(pixels: Uint8Array, crop: number, standardised: boolean): Tensor {
  const channels = channelStatistics(Float32Array.from(pixels), 3);
  const count = pixels.length / (crop * crop * 3);
  const offsets = Array.from({ length: count }, () => channels.map(({ mean: colour }) => -colour)).flat();
  return imagesFromPixels(
    pixels,
    [count, crop, crop],
    Float32Array.from(offsets),
    channels.map(({ deviation }) => (standardised && deviation > 0 ? deviation : 1)),
  );
}
