import type { Tensor } from '../engine/tensorflow.ts';
import { Network } from '../vgg/Network.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import type { Watch } from '../vgg/stages/Stage.ts';

/**
 * Runs images through a net, without dropout, and shows the output of every layer in order: after the ReLU if the layer
 * has one, and the logits for the last layer.
 *
 * @param images [batch, crop, crop, 3], owned by the caller
 * @param show receives [batch, height, width, channels], or [batch, channels] for fully-connected layers; not owned
 */
export function forEachLayer(parameters: Parameters, images: Tensor, show: Watch): void {
  const network = new Network(parameters, { layerByLayer: true });
  try {
    network.forward(images, { watch: show });
  } finally {
    network.release();
  }
}

/** The output of one layer, owned by the caller. */
export function outputOf(parameters: Parameters, images: Tensor, name: string): Tensor {
  const network = new Network(parameters, { layerByLayer: true, until: name });
  try {
    return network.forward(images).clone();
  } finally {
    network.release();
  }
}
