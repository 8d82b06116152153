import { softmax } from '../engine/ops/pointwise.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { Network } from '../vgg/Network.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import { classScore, type ClassScore } from './classScore.ts';
import { enlarge, type FloatMap } from './resample.ts';

export interface GradCam extends ClassScore {
  /** At the layer's resolution, 0 or more. */
  map: FloatMap;
  /** [crop, crop], enlarged bilinearly. */
  overInput: Float32Array;
}

/**
 * Grad-CAM (Selvaraju et al. 2017): the channels of a layer's output, each weighted by the spatial mean of the gradient
 * of the class's logit with respect to it, added up and rectified.
 *
 * @param image [1, crop, crop, 3], owned by the caller
 * @param layer name of a layer whose output is a map
 * @param label null for the predicted class
 * @throws WorkbenchError `class-unknown`
 */
export function gradCam(parameters: Parameters, image: Tensor, layer: string, label: number | null): GradCam {
  const through = throughLayer(parameters, image, layer, label);
  using activation = through.activation;
  using gradient = through.gradient;
  const [, height = 1, width = 1, channels = 1] = activation.shape;
  const map = { height, width, values: weightedSum(activation, gradient, channels) };
  return { ...through.score, map, overInput: enlarge(map, parameters.architecture.crop) };
}

/** A layer's output and the gradient of a class's logit: both [1, height, width, channels], owned by the caller. */
export function throughLayer(parameters: Parameters, image: Tensor, layer: string, label: number | null) {
  const network = new Network(parameters, { layerByLayer: true });
  let activation: Tensor | undefined;
  let gradient: Tensor | undefined;
  try {
    const logits = network.forward(image, {
      watch: ({ name }, output) => {
        if (name === layer) activation = output.clone();
      },
    });
    using probabilities = softmax(logits);
    const posteriors = probabilities.dataSync<'float32'>();
    const score = classScore(logits.dataSync<'float32'>(), posteriors, label);
    network.backward(oneHot(logits.shape[1] ?? 0, score.label), {
      watch: ({ name }, byOutput) => {
        if (name === layer) gradient = byOutput.clone();
      },
    });
    if (!activation || !gradient) throw new Error(`${layer} is no layer of the net.`);
    return { activation, gradient, score };
  } catch (error) {
    activation?.dispose();
    network.release();
    throw error;
  }
}

function oneHot(classes: number, label: number): Tensor {
  const values = new Float32Array(classes);
  values[label] = 1;
  return tensorflow().tf.tensor2d(values, [1, classes]);
}

function weightedSum(activation: Tensor, gradient: Tensor, channels: number): Float32Array {
  const outputs = activation.dataSync<'float32'>();
  const gradients = gradient.dataSync<'float32'>();
  const weights = new Float64Array(channels);
  for (const [at, value] of gradients.entries()) {
    weights[at % channels] = (weights[at % channels] ?? 0) + (value * channels) / gradients.length;
  }
  const sum = new Float32Array(outputs.length / channels);
  for (const position of sum.keys()) {
    let total = 0;
    for (let channel = 0; channel < channels; channel++) {
      total += (weights[channel] ?? 0) * (outputs[position * channels + channel] ?? NaN);
    }
    // NaN from a net that diverged is kept.
    sum[position] = total < 0 ? 0 : total;
  }
  return sum;
}
