import { WorkbenchError } from '../../../foundation/errors.ts';
import type { AddLayer, AverageLayer, ConvLayer, FcLayer, Layer, PoolLayer } from '../../../vgg/layers.ts';
import { imageName, wireLayers } from '../wiring.ts';

/** A Keras layer as a model's JSON describes it. */
interface KerasLayer {
  class_name: string;
  name: string;
  config: Record<string, unknown>;
  inbound_nodes: (readonly [string, 0, 0, object])[][];
}

/**
 * The layers of a net as standard Keras layers, with maps [batch, height, width, channels] and a softmax in the last.
 *
 * @throws WorkbenchError `no-such-layer` for local response normalisation, for which Keras has no layer
 */
export function kerasTopology(layers: readonly Layer[], crop: number): object {
  const all = [
    layerOf('InputLayer', imageName, [], { batch_input_shape: [null, crop, crop, 3] }),
    ...wireLayers(layers).flatMap(({ layer, reads: [input = '', shortcut = ''] }) => {
      switch (layer.kind) {
        case 'conv':
          return convolution(layer, input);
        case 'lrn':
          throw noLrn();
        case 'pool':
          return pool(layer, input);
        case 'average':
          return [average(layer, input)];
        case 'add':
          return sum(layer, input, shortcut);
        case 'fc':
          return fullyConnected(layer, input);
      }
    }),
  ];
  const last = all.at(-1)?.name ?? imageName;
  return {
    keras_version: '2.15.0',
    backend: 'tensorflow',
    model_config: {
      class_name: 'Functional',
      config: {
        name: 'vgg',
        layers: all,
        input_layers: [[imageName, 0, 0]],
        output_layers: [[last, 0, 0]],
      },
    },
  };
}

function layerOf(
  className: string,
  name: string,
  inputs: readonly string[],
  config: Record<string, unknown> = {},
): KerasLayer {
  const inbound = inputs.map((input) => [input, 0, 0, {}] as const);
  return {
    class_name: className,
    name,
    config: { name, dtype: 'float32', ...config },
    inbound_nodes: inputs.length === 0 ? [] : [inbound],
  };
}

/** The name of the layer that has the filters; if normalisation follows, the plain name is that of its output. */
export function filtersName({ name, normalisation }: ConvLayer): string {
  return normalisation === null ? name : `${name}_filters`;
}

export function normalisationName({ name, relu }: ConvLayer): string {
  return relu ? `${name}_normalised` : name;
}

function convolution(layer: ConvLayer, input: string): KerasLayer[] {
  const { name, kernel, stride, outputs, relu, normalisation } = layer;
  const padding = (kernel - 1) / 2;
  // Keras pads evenly only if the stride is 1.
  const spaced = stride > 1 && padding > 0;
  const padded = spaced ? `${name}_padded` : input;
  return [
    ...(spaced ? [zeros(padded, input, evenly(padding))] : []),
    layerOf('Conv2D', filtersName(layer), [padded], {
      filters: outputs,
      kernel_size: [kernel, kernel],
      strides: [stride, stride],
      padding: stride > 1 ? 'valid' : 'same',
      data_format: 'channels_last',
      use_bias: normalisation === null,
      activation: relu && normalisation === null ? 'relu' : 'linear',
    }),
    ...(normalisation === null ? [] : normalised(layer)),
  ];
}

function normalised(layer: ConvLayer): KerasLayer[] {
  const name = normalisationName(layer);
  return [
    layerOf('BatchNormalization', name, [filtersName(layer)], { axis: -1, epsilon: 1e-5 }),
    ...(layer.relu ? [rectified(layer.name, name)] : []),
  ];
}

function pool({ name, side, stride, padding }: PoolLayer, input: string): KerasLayer[] {
  // The pooled values come from a ReLU, so that padding with zeros changes no maximum.
  const padded = padding > 0 ? `${name}_padded` : input;
  return [
    ...(padding > 0 ? [zeros(padded, input, evenly(padding))] : []),
    layerOf('MaxPooling2D', name, [padded], {
      pool_size: [side, side],
      strides: [stride, stride],
      padding: 'valid',
      data_format: 'channels_last',
    }),
  ];
}

function average({ name }: AverageLayer, input: string): KerasLayer {
  return layerOf('GlobalAveragePooling2D', name, [input], { data_format: 'channels_last' });
}

function sum({ name, channels, inputs }: AddLayer, branch: string, shortcut: string): KerasLayer[] {
  const grown = channels - inputs;
  const padded = grown > 0 ? `${name}_shortcut` : shortcut;
  return [
    // With `channels_first`, the layer pads the last two extents: the width by nothing, and the channels.
    ...(grown > 0
      ? [
          zeros(
            padded,
            shortcut,
            [
              [0, 0],
              [0, grown],
            ],
            'channels_first',
          ),
        ]
      : []),
    layerOf('Add', `${name}_sum`, [branch, padded]),
    rectified(name, `${name}_sum`),
  ];
}

function fullyConnected({ name, outputs, hidden }: FcLayer, input: string): KerasLayer[] {
  const reads = name === 'fc6' ? `${name}_flat` : input;
  return [
    ...(name === 'fc6' ? [layerOf('Flatten', reads, [input])] : []),
    layerOf('Dense', name, [reads], { units: outputs, activation: hidden ? 'relu' : 'softmax' }),
  ];
}

function rectified(name: string, input: string): KerasLayer {
  return layerOf('Activation', name, [input], { activation: 'relu' });
}

type Padding = [[number, number], [number, number]];

function zeros(name: string, input: string, padding: Padding, order = 'channels_last'): KerasLayer {
  return layerOf('ZeroPadding2D', name, [input], { padding, data_format: order });
}

function evenly(padding: number): Padding {
  return [
    [padding, padding],
    [padding, padding],
  ];
}

function noLrn(): WorkbenchError {
  return new WorkbenchError(
    'no-such-layer',
    'TensorFlow.js has no layer for the local response normalisation of A-LRN.',
    'Export it as ONNX or safetensors.',
  );
}
