import type { Message } from '../../protobuf.ts';
import type { AddLayer, AverageLayer, ConvLayer, FcLayer, LrnLayer, PoolLayer } from '../../../vgg/layers.ts';
import type { WiredLayer } from '../wiring.ts';
import { node, wholeTensor } from './messages.ts';

/** What a layer becomes: small constants and operations, the last of which outputs a value with the layer's name. */
export interface LayerOperations {
  nodes: Message[];
  constants?: Message[];
}

/** Maps are [batch, channels, height, width]; the weights have torchvision's names and layout, which are ONNX's too. */
export function operationsOf({ layer, reads }: WiredLayer): LayerOperations {
  const [input = '', shortcut = ''] = reads;
  switch (layer.kind) {
    case 'conv':
      return { nodes: convolution(layer, input) };
    case 'lrn':
      return { nodes: [normalisation(layer, input)] };
    case 'pool':
      return { nodes: [pool(layer, input)] };
    case 'average':
      return { nodes: average(layer, input) };
    case 'add':
      return sum(layer, input, shortcut);
    case 'fc':
      return { nodes: fullyConnected(layer, input) };
  }
}

function convolution(
  { name, kernel, stride, relu, stored, normalisation: batch }: ConvLayer,
  input: string,
): Message[] {
  const before = (step: string) => `${name}.${step}`;
  const rectified = relu ? before('sum') : name;
  const attributes = {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: around((kernel - 1) / 2),
  };
  const filters =
    batch === null
      ? [node('Conv', [input, `${stored}.weight`, `${stored}.bias`], rectified, attributes)]
      : [
          node('Conv', [input, `${stored}.weight`], before('convolved'), attributes),
          node(
            'BatchNormalization',
            [
              before('convolved'),
              ...['weight', 'bias', 'running_mean', 'running_var'].map((each) => `${batch}.${each}`),
            ],
            rectified,
            { epsilon: { float: 1e-5 } },
          ),
        ];
  return relu ? [...filters, node('Relu', [rectified], name)] : filters;
}

/** ONNX divides alpha by the number of channels in the sum, TensorFlow does not. */
function normalisation({ name }: LrnLayer, input: string): Message {
  const size = 5;
  const attributes = { size, alpha: { float: 1e-4 * size }, beta: { float: 0.75 }, bias: { float: 2 } };
  return node('LRN', [input], name, attributes);
}

function pool({ name, side, stride, padding }: PoolLayer, input: string): Message {
  const attributes = { kernel_shape: [side, side], strides: [stride, stride], pads: around(padding) };
  return node('MaxPool', [input], name, attributes);
}

/** For an input of one crop, the window is the whole map. */
function average({ name }: AverageLayer, input: string): Message[] {
  return [node('GlobalAveragePool', [input], name)];
}

function sum({ name, channels, inputs }: AddLayer, branch: string, shortcut: string): LayerOperations {
  const grown = channels - inputs;
  const padded = grown > 0 ? `${name}.shortcut` : shortcut;
  const ends = `${name}.ends`;
  return {
    nodes: [
      ...(grown > 0 ? [node('Pad', [shortcut, ends], padded)] : []),
      node('Add', [branch, padded], `${name}.sum`),
      node('Relu', [`${name}.sum`], name),
    ],
    ...(grown > 0 ? { constants: [wholeTensor(ends, [0, 0, 0, 0, 0, grown, 0, 0])] } : {}),
  };
}

/** Flattens a map channel by channel, in the order of torchvision's rows. */
function fullyConnected({ name, stored, hidden }: FcLayer, input: string): Message[] {
  const product = hidden ? `${name}.sum` : name;
  return [
    node('Flatten', [input], `${name}.flat`),
    node('Gemm', [`${name}.flat`, `${stored}.weight`, `${stored}.bias`], product, { transB: 1 }),
    ...(hidden ? [node('Relu', [product], name)] : []),
  ];
}

/** The same padding at the top, left, bottom and right. */
function around(padding: number): number[] {
  return [padding, padding, padding, padding];
}
