import { tensorflow, type Tensor } from '../tensorflow.ts';
import { execute, ofFloats, typeAttribute, withInts } from './execute.ts';

/*
 * Operations that move values without changing them. None disposes its input; the caller owns the result.
 */

/** Exchanges axes: axis i of the result is axis order[i] of the input. */
export function transpose(tensor: Tensor, order: readonly number[]): Tensor {
  return withInts(order, (axes) =>
    execute('Transpose', [ofFloats(), typeAttribute('Tperm', 'int32')], [tensor, axes]),
  );
}

/** Cuts a block out of a tensor. */
export function slice(tensor: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  return withInts(begin, (from) =>
    withInts(size, (extent) =>
      execute('Slice', [ofFloats(), typeAttribute('Index', 'int32')], [tensor, from, extent]),
    ),
  );
}

/** Appends channels of zeros to maps [batch, height, width, channels]. */
export function padChannels(maps: Tensor, channels: number): Tensor {
  if (channels === 0) return maps.clone();
  const paddings = tensorflow().tf.tensor2d([0, 0, 0, 0, 0, 0, 0, channels], [4, 2], 'int32');
  const padded = execute('Pad', [ofFloats(), typeAttribute('Tpaddings', 'int32')], [maps, paddings]);
  paddings.dispose();
  return padded;
}
