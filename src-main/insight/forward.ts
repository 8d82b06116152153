import { convolve, normaliseResponse } from '../engine/ops/convolution.ts';
import { addBias, multiplyMatrices, relu } from '../engine/ops/pointwise.ts';
import { maxPool } from '../engine/ops/pooling.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { fanIn, type ConvLayer, type FcLayer, type Layer } from '../vgg/layers.ts';
import type { Parameters } from '../vgg/Parameters.ts';

/**
 * Runs images through a net, without dropout, and shows the output of every layer: of convolutions and hidden
 * fully-connected layers after the ReLU, of the last layer the logits. Where `Network` pools before the ReLU, to save
 * work, the order here is that of Table 1, so that each layer has the map it is drawn with.
 *
 * @param images [batch, crop, crop, 3], owned by the caller
 * @param show is given [batch, height, width, channels], or [batch, channels] by fully-connected layers; the tensor is
 *   disposed once the next layer has used it
 */
export function forEachLayer(
  parameters: Parameters,
  images: Tensor,
  show: (layer: Layer, output: Tensor) => void,
): void {
  let current = images;
  const release = () => {
    if (current !== images) current.dispose();
  };
  try {
    for (const layer of parameters.layers) {
      const output = layerOutput(parameters, layer, current);
      release();
      current = output;
      show(layer, output);
    }
  } finally {
    release();
  }
}

/** The output of one layer, owned by the caller. */
export function outputOf(parameters: Parameters, images: Tensor, name: string): Tensor {
  let found: Tensor | undefined;
  forEachLayer(parameters, images, (layer, output) => {
    if (layer.name === name) found = output.clone();
  });
  if (!found) throw new Error(`${name} is no layer of the net.`);
  return found;
}

function layerOutput(parameters: Parameters, layer: Layer, input: Tensor): Tensor {
  switch (layer.kind) {
    case 'conv':
      return convolutional(parameters, layer, input);
    case 'lrn':
      return normaliseResponse(input);
    case 'pool':
      return maxPool(input);
    case 'fc':
      return fullyConnected(parameters, layer, input);
  }
}

function convolutional(parameters: Parameters, layer: ConvLayer, input: Tensor): Tensor {
  const { weight, bias } = parameters.of(layer);
  const { output: convolved, tiles } = weight.with((filter) => convolve(input, filter));
  tiles?.dispose();
  const biased = bias.with((values) => addBias(convolved, values));
  convolved.dispose();
  return rectified(biased);
}

function fullyConnected(parameters: Parameters, layer: FcLayer, input: Tensor): Tensor {
  const { weight, bias } = parameters.of(layer);
  const rows = input.reshape([input.shape[0], fanIn(layer)]);
  const product = weight.with((matrix) => multiplyMatrices(rows, matrix));
  rows.dispose();
  const biased = bias.with((values) => addBias(product, values));
  product.dispose();
  return layer.hidden ? rectified(biased) : biased;
}

function rectified(biased: Tensor): Tensor {
  const output = relu(biased);
  biased.dispose();
  return output;
}
