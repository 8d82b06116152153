import { tensorflow, type Tensor } from '../tensorflow.ts';
import { execute, intAttribute, ofFloats, typeAttribute, intsOf } from './execute.ts';

/*
 * Operations that move values without changing them. None disposes its input; the caller owns the result.
 */

/** Exchanges axes: axis i of the result is axis order[i] of the input. */
export function transpose(tensor: Tensor, order: readonly number[]): Tensor {
  using axes = intsOf(order);
  return execute('Transpose', [ofFloats(), typeAttribute('Tperm', 'int32')], [tensor, axes]);
}

/** Cuts a block out of a tensor. */
export function slice(tensor: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  using from = intsOf(begin);
  using extent = intsOf(size);
  return execute('Slice', [ofFloats(), typeAttribute('Index', 'int32')], [tensor, from, extent]);
}

/** Appends channels of zeros to maps [batch, height, width, channels]. */
export function padChannels(maps: Tensor, channels: number): Tensor {
  if (channels === 0) return maps.clone();
  using paddings = tensorflow().tf.tensor2d([0, 0, 0, 0, 0, 0, 0, channels], [4, 2], 'int32');
  return execute('Pad', [ofFloats(), typeAttribute('Tpaddings', 'int32')], [maps, paddings]);
}

/** Joins tensors along their first axis. Takes them over and disposes them. */
export function concatenate(parts: readonly Tensor[]): Tensor {
  using axis = tensorflow().tf.scalar(0, 'int32');
  const [first, ...others] = parts;
  if (first && others.length === 0) return first;
  const attributes = [intAttribute('N', parts.length), ofFloats(), typeAttribute('Tidx', 'int32')];
  const whole = execute('ConcatV2', attributes, [...parts, axis]);
  for (const part of parts) part.dispose();
  return whole;
}
