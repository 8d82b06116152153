import type { Configuration } from '../configuration/schema.ts';
import { hiddenChannels, table1 } from './table1.ts';

/** A convolution, stride 1, padded to keep height and width, followed by ReLU. */
export interface ConvLayer {
  kind: 'conv';
  /** `conv3_2`: the second convolution of the third block. */
  name: string;
  kernel: number;
  inputs: number;
  outputs: number;
  /** Its place in torchvision's `features`, where ReLU, LRN and pooling count too. */
  featureIndex: number;
}

export interface LrnLayer {
  kind: 'lrn';
  name: string;
  channels: number;
}

/** 2×2 max-pooling with stride 2. */
export interface PoolLayer {
  kind: 'pool';
  name: string;
  channels: number;
}

/** A fully-connected layer. The hidden ones are followed by ReLU and dropout. */
export interface FcLayer {
  kind: 'fc';
  name: 'fc6' | 'fc7' | 'fc8';
  /** Side of the map it spans: {@link lastMapSide} for fc6, 1 for the others. As a convolution, its filter has this side. */
  side: number;
  /** Channels of that map. */
  inputs: number;
  outputs: number;
  hidden: boolean;
  /** Its place in torchvision's `classifier`. */
  classifierIndex: number;
}

export type Layer = ConvLayer | LrnLayer | PoolLayer | FcLayer;
export type ParametricLayer = ConvLayer | FcLayer;

/** What decides the shapes of a net. */
export interface Architecture {
  config: Configuration;
  /** Multiplies the channels of every layer but the last; 1 is the paper's. */
  width: number;
  /** Side of the input in pixels, 32 or more. */
  crop: number;
  classes: number;
}

/** Pixels of the input between neighbouring cells of the last map: five max-pools. */
export const lastMapStride = 32;

/** Side of the map that is left of an input of that side after five max-pools, each leaving out an odd last row. */
export function lastMapSide(crop: number): number {
  return Math.floor(crop / lastMapStride);
}

/** The layers of a net in order, from Table 1. */
export function layersOf({ config, width, crop, classes }: Architecture): Layer[] {
  const scaled = (channels: number) => Math.max(1, Math.round(channels * width));
  const layers: Layer[] = [];
  let inputs = 3;
  let featureIndex = 0;
  for (const [block, row] of table1[config].split(' | ').entries()) {
    let position = 0;
    for (const cell of row.split(' ')) {
      if (cell === 'LRN') {
        layers.push({ kind: 'lrn', name: `lrn${block + 1}`, channels: inputs });
        featureIndex += 1;
        continue;
      }
      const [kernel = 0, channels = 0] = cell.split('-').map(Number);
      const outputs = scaled(channels);
      const name = `conv${block + 1}_${++position}`;
      layers.push({ kind: 'conv', name, kernel, inputs, outputs, featureIndex });
      inputs = outputs;
      featureIndex += 2;
    }
    layers.push({ kind: 'pool', name: `pool${block + 1}`, channels: inputs });
    featureIndex += 1;
  }
  const hidden = scaled(hiddenChannels);
  layers.push(
    {
      kind: 'fc',
      name: 'fc6',
      side: lastMapSide(crop),
      inputs,
      outputs: hidden,
      hidden: true,
      classifierIndex: 0,
    },
    { kind: 'fc', name: 'fc7', side: 1, inputs: hidden, outputs: hidden, hidden: true, classifierIndex: 3 },
    { kind: 'fc', name: 'fc8', side: 1, inputs: hidden, outputs: classes, hidden: false, classifierIndex: 6 },
  );
  return layers;
}

/** The layers with weights, in order. */
export function parametricLayers(layers: readonly Layer[]): ParametricLayer[] {
  return layers.filter((layer) => layer.kind === 'conv' || layer.kind === 'fc');
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
