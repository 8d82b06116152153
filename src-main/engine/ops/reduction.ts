import type { Tensor } from '../tensorflow.ts';
import { boolAttribute, execute, ofFloats, typeAttribute, intsOf } from './execute.ts';

/*
 * Operations that reduce a tensor. None makes a temporary of its size or disposes its input. The caller owns results.
 */

/** Half the sum of the squares of all values, a scalar. */
export function halfSquares(tensor: Tensor): Tensor {
  return execute('L2Loss', [ofFloats()], [tensor]);
}

/** Mean of all values, a scalar. */
export function mean(tensor: Tensor): Tensor {
  return reduce('Mean', tensor, tensor.rank);
}

/** The greatest value of each channel (the last axis): [channels]. */
export function channelMaxima(tensor: Tensor): Tensor {
  return reduce('Max', tensor, tensor.rank - 1);
}

/** Mean over height and width: [batch, height, width, channels] → [batch, channels]. */
export function spatialMean(maps: Tensor): Tensor {
  return maps.mean([1, 2]);
}

function reduce(operation: 'Mean' | 'Max', tensor: Tensor, axes: number): Tensor {
  using indices = intsOf(Array.from({ length: axes }, (_, axis) => axis));
  return execute(
    operation,
    [ofFloats(), typeAttribute('Tidx', 'int32'), boolAttribute('keep_dims', false)],
    [tensor, indices],
  );
}
