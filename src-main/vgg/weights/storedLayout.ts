import { tensorflow, type Tensor } from '../../engine/tensorflow.ts';
import type { WeightsFormat } from '../../weights/formats.ts';
import { fanIn, weightShape, type ParametricLayer } from '../layers.ts';
import { tensorFrom } from './layout.ts';

/** Shapes in which a format may store a weight, or a tensor with one value per output. The first is the usual one. */
export function shapesOf({ filters }: WeightsFormat, layer: ParametricLayer, isWeight: boolean): number[][] {
  const { outputs, inputs } = layer;
  if (!isWeight) return [[outputs]];
  if (filters === 'HWIO') {
    const shape = weightShape(layer);
    return layer.kind === 'conv' ? [shape] : [shape, [layer.side, layer.side, inputs, outputs]];
  }
  if (layer.kind === 'conv') return [[outputs, inputs, layer.kernel, layer.kernel]];
  return [
    [outputs, fanIn(layer)],
    [outputs, inputs, layer.side, layer.side],
  ];
}

/**
 * Values of a file as a tensor in our layout; the first layer's filters read RGB.
 *
 * Filters with outputs last already have our layout, even fc6's: both read its map position by position.
 */
export function tensorIn(
  { filters, channels }: WeightsFormat,
  { layer, isFirst, isWeight }: { layer: ParametricLayer; isFirst: boolean; isWeight: boolean },
  values: Float32Array,
): Tensor {
  const { tf } = tensorflow();
  const tensor =
    isWeight && filters === 'HWIO'
      ? tf.tensor(values, weightShape(layer), 'float32')
      : tensorFrom(layer, { isWeight }, values);
  if (!isWeight || !isFirst || channels === 'RGB') return tensor;
  const exchanged = tf.reverse(tensor, 2);
  tensor.dispose();
  return exchanged;
}
