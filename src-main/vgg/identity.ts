import { tensorflow } from '../engine/tensorflow.ts';
import { layersOf } from './layersOf.ts';
import { parametricLayers, weightShape, type Architecture, type ParametricLayer } from './layers.ts';
import type { InitialValues } from './Parameters.ts';

/**
 * Why a net is not net A with more layers that can begin as the identity; undefined if it is. Such a layer has as many
 * outputs as inputs and a ReLU, which leaves what a ReLU gave before it as it is; and nothing is added to its output.
 */
export function whyNotDeeper(architecture: Architecture): string | undefined {
  const layers = layersOf(architecture);
  const net = parametricLayers(layers);
  const { config } = architecture;
  if (layers.some(({ kind }) => kind === 'add'))
    return `net ${config} has shortcuts, around which nothing begins as net A`;
  const ofNetA = parametricLayers(layersOf({ ...architecture, config: 'A' }));
  const lost = ofNetA.find(
    (layer) => !net.some((other) => other.name === layer.name && isAlike(other, layer)),
  );
  if (lost) return `net ${config} has no layer like ${lost.name} of net A`;
  const strange = net.find(
    (layer) => !ofNetA.some(({ name }) => name === layer.name) && !canBeIdentity(layer),
  );
  return strange && `${strange.name} of net ${config} cannot begin as the identity`;
}

function isAlike(one: ParametricLayer, other: ParametricLayer): boolean {
  return one.kind === other.kind && weightShape(one).join() === weightShape(other).join();
}

function canBeIdentity(layer: ParametricLayer): boolean {
  return (
    layer.kind === 'conv' &&
    layer.inputs === layer.outputs &&
    layer.stride === 1 &&
    layer.relu &&
    layer.normalisation === null
  );
}

/** A convolution that gives what it gets: 1 in the middle of its kernel from each channel to itself, biases 0. */
export function identity(layer: ParametricLayer): InitialValues {
  if (!canBeIdentity(layer) || layer.kind !== 'conv')
    throw new Error(`${layer.name} cannot begin as the identity.`);
  const { kernel, inputs, outputs } = layer;
  const values = new Float32Array(kernel * kernel * inputs * outputs);
  const middle = ((kernel - 1) / 2) * (kernel + 1);
  for (let channel = 0; channel < inputs; channel++)
    values[(middle * inputs + channel) * outputs + channel] = 1;
  const { tf } = tensorflow();
  return { weight: tf.tensor(values, [...weightShape(layer)]), bias: tf.zeros([outputs]) };
}
