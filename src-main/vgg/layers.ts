import type { Configuration } from '../vocabulary/configurations.ts';
import { nets } from './nets.ts';

/** A convolution, padded by half its kernel. */
export interface ConvLayer {
  kind: 'conv';
  /** `conv3_2`: the second convolution of the third block. */
  name: string;
  kernel: number;
  stride: number;
  inputs: number;
  outputs: number;
  /** Whether a ReLU follows. */
  relu: boolean;
  /** Its name in torchvision's files: `features.5`. */
  stored: string;
  /** The name there of the batch normalisation that comes before its bias; null if it has none. */
  normalisation: string | null;
  /** The layer that it reads; only for a projection, which does not read the one before it. */
  input?: string;
}

export interface LrnLayer {
  kind: 'lrn';
  name: string;
  channels: number;
}

/** Max-pooling. */
export interface PoolLayer {
  kind: 'pool';
  name: string;
  channels: number;
  side: number;
  stride: number;
  padding: number;
}

/** The mean over windows of the size of a crop's last map: for a crop, over the whole map. */
export interface AverageLayer {
  kind: 'average';
  name: string;
  channels: number;
  side: number;
}

/** Adds the output of an earlier layer to that of the layer before it; then a ReLU. */
export interface AddLayer {
  kind: 'add';
  name: string;
  channels: number;
  /** The layer where the shortcut begins. */
  from: string;
  /** Channels of that layer; the missing ones count as 0. */
  inputs: number;
  /** The convolution on the shortcut; null for the identity. */
  projection: string | null;
}

/** A fully-connected layer. The hidden ones are followed by ReLU and dropout. */
export interface FcLayer {
  kind: 'fc';
  /** `fc` is the single one after an average. */
  name: 'fc6' | 'fc7' | 'fc8' | 'fc';
  /** Side of the map it spans: {@link lastMapSide} for fc6, 1 for the others. As a convolution, its filter has this side. */
  side: number;
  /** Channels of that map. */
  inputs: number;
  outputs: number;
  hidden: boolean;
  /** Its name in torchvision's files: `classifier.3`. */
  stored: string;
}

export type Layer = ConvLayer | LrnLayer | PoolLayer | AverageLayer | AddLayer | FcLayer;
export const layerKinds = ['conv', 'lrn', 'pool', 'average', 'add', 'fc'] as const satisfies Layer['kind'][];
export type ParametricLayer = ConvLayer | FcLayer;

/** What decides the shapes of a net. */
export interface Architecture {
  config: Configuration;
  /** Multiplies the channels of every layer but the last; 1 in the paper. */
  width: number;
  /** Side of the input in pixels, 32 or more. */
  crop: number;
  classes: number;
}

/** Pixels of the input between neighbouring cells of the last map: five halvings. */
export const lastMapStride = 32;

/** Whether half an odd side is rounded up (padded strides) rather than down (pools that leave out a last row). */
export function roundsHalvesUp(config: Configuration): boolean {
  return nets[config].kind === 'residual';
}

/** Side of the last map for an input of side `crop`. */
export function lastMapSide(config: Configuration, crop: number): number {
  const side = crop / lastMapStride;
  return roundsHalvesUp(config) ? Math.ceil(side) : Math.floor(side);
}

/** The sizes that the layers of a net depend on besides its plan. */
export interface NetSize {
  /** Scales a number of channels by the width of the net. */
  scaled: (channels: number) => number;
  lastMapSide: number;
  classes: number;
}

/** The layers with weights, in order. */
export function parametricLayers(layers: readonly Layer[]): ParametricLayer[] {
  return layers.filter((layer) => layer.kind === 'conv' || layer.kind === 'fc');
}

/** Channels of a layer's output. */
export function channelsOf(layer: Layer): number {
  return layer.kind === 'conv' || layer.kind === 'fc' ? layer.outputs : layer.channels;
}

/** Whether its outputs pass through a ReLU. */
export function isRectified(layer: Layer): boolean {
  if (layer.kind === 'conv') return layer.relu;
  return layer.kind === 'add' || (layer.kind === 'fc' && layer.hidden);
}

/** Inputs that one output of the layer adds up. */
export function fanIn(layer: ParametricLayer): number {
  const side = layer.kind === 'conv' ? layer.kernel : layer.side;
  return side * side * layer.inputs;
}

/** Shape of the weight as TensorFlow computes with it: [height, width, inputs, outputs], or [inputs, outputs] for FC. */
export function weightShape(layer: ParametricLayer): number[] {
  return layer.kind === 'conv'
    ? [layer.kernel, layer.kernel, layer.inputs, layer.outputs]
    : [fanIn(layer), layer.outputs];
}
