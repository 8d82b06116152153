import type { Channels } from '../../configuration/schema.ts';
import { transpose } from '../../engine/ops/shape.ts';
import { tensorflow, type Tensor } from '../../engine/tensorflow.ts';
import type { Variable } from '../../engine/Variable.ts';
import { fanIn, weightShape, type ParametricLayer } from '../layers.ts';
import type { LayerParameters } from '../Parameters.ts';

/** A variable of a layer, as torchvision's state dictionary has it. */
export interface TorchvisionTensor {
  name: string;
  /** [outputs, inputs, height, width] for a weight, or [outputs, inputs] for one of FC; else [outputs]. */
  shape: number[];
  /** Whether it is the weight, whose layout differs from ours. */
  isWeight: boolean;
  of: (parameters: LayerParameters) => Variable;
}

/** The trained tensors of a layer: weight, bias and the scale of a batch normalisation, whose shift is the bias. */
export function trainedTensors(layer: ParametricLayer, name = layer.stored): TorchvisionTensor[] {
  const shape = [layer.outputs];
  const normalisation = normalisationOf(layer);
  return [
    {
      name: `${name}.weight`,
      shape: torchvisionShape(layer),
      isWeight: true,
      of: ({ weight }) => weight,
    },
    { name: `${normalisation ?? name}.bias`, shape, isWeight: false, of: ({ bias }) => bias },
    ...(normalisation === null
      ? []
      : [{ name: `${normalisation}.weight`, shape, isWeight: false, of: ofNormalisation('scale') }]),
  ];
}

/** All tensors of a layer: those that are trained, and the running statistics of a batch normalisation. */
export function storedTensors(layer: ParametricLayer, name = layer.stored): TorchvisionTensor[] {
  const normalisation = normalisationOf(layer);
  const trained = trainedTensors(layer, name);
  if (normalisation === null) return trained;
  const statistic = (key: 'mean' | 'variance', stored: string) => ({
    name: `${normalisation}.${stored}`,
    shape: [layer.outputs],
    isWeight: false,
    of: ofNormalisation(key),
  });
  return [...trained, statistic('mean', 'running_mean'), statistic('variance', 'running_var')];
}

function normalisationOf(layer: ParametricLayer): string | null {
  return layer.kind === 'conv' ? layer.normalisation : null;
}

function ofNormalisation(key: 'scale' | 'mean' | 'variance') {
  return ({ normalisation }: LayerParameters): Variable => {
    if (!normalisation) throw new Error('The layer has no batch normalisation.');
    return normalisation[key];
  };
}

function torchvisionShape(layer: ParametricLayer): number[] {
  return layer.kind === 'conv'
    ? [layer.outputs, layer.inputs, layer.kernel, layer.kernel]
    : [layer.outputs, fanIn(layer)];
}

/**
 * A weight in torchvision's layout as a tensor in ours.
 *
 * fc6 reads its map channel by channel there and position by position here, so its rows are reordered too: a plain
 * transpose would load without an error and be wrong.
 */
export function fromTorchvision(layer: ParametricLayer, values: Float32Array): Tensor {
  const [outputs, inputs, height, width] = asConvolution(layer);
  using stored = tensorflow().tf.tensor(values, [outputs, inputs, height, width], 'float32');
  using exchanged = transpose(stored, [2, 3, 1, 0]);
  return exchanged.reshape(weightShape(layer));
}

/** The reverse of {@link fromTorchvision}: the values in torchvision's order. */
export function toTorchvision(layer: ParametricLayer, weight: Tensor): Float32Array {
  const [outputs, inputs, height, width] = asConvolution(layer);
  using unrolled = weight.reshape([height, width, inputs, outputs]);
  using exchanged = transpose(unrolled, [3, 2, 0, 1]);
  return exchanged.dataSync<'float32'>();
}

/**
 * A first layer's weight in torchvision's order, RGB, as a file of another order has it, or the reverse.
 *
 * @param values changed in place
 */
export function reorderChannels(
  layer: ParametricLayer,
  values: Float32Array,
  channels: Channels,
): Float32Array {
  if (channels === 'RGB' || layer.kind !== 'conv' || layer.name !== firstLayer) return values;
  const plane = layer.kernel ** 2;
  for (let red = 0; red < values.length; red += 3 * plane) {
    const blue = red + 2 * plane;
    const kept = values.slice(red, red + plane);
    values.copyWithin(red, blue, blue + plane);
    values.set(kept, blue);
  }
  return values;
}

/** The one that reads the image, in every net. */
const firstLayer = 'conv1_1';

/** A tensor in our layout from the values of a stored one. */
export function tensorFrom(
  layer: ParametricLayer,
  { isWeight }: Pick<TorchvisionTensor, 'isWeight'>,
  values: Float32Array,
): Tensor {
  return isWeight ? fromTorchvision(layer, values) : tensorflow().tf.tensor1d(values, 'float32');
}

function asConvolution(layer: ParametricLayer): [number, number, number, number] {
  const side = layer.kind === 'conv' ? layer.kernel : layer.side;
  return [layer.outputs, layer.inputs, side, side];
}
