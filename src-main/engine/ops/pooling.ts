import type { Tensor } from '../tensorflow.ts';
import { execute, intAttribute, ofFloats, stringAttribute } from './execute.ts';

/*
 * 2×2 max-pooling with stride 2 (Sect. 2.1). Maps are [batch, height, width, channels]; an odd last row or column is left
 * out. None disposes its inputs; the caller owns the result.
 */

const pooling = () => [
  ofFloats(),
  intAttribute('ksize', [1, 2, 2, 1]),
  intAttribute('strides', [1, 2, 2, 1]),
  stringAttribute('padding', 'VALID'),
  stringAttribute('data_format', 'NHWC'),
];

export function maxPool(maps: Tensor): Tensor {
  return execute('MaxPool', pooling(), [maps]);
}

/**
 * Routes a gradient back through {@link maxPool}: to the first greatest element of each window, row by row, as PyTorch
 * does. Where a window's elements are equal, as in a flat background, only the first gets it.
 */
export function maxPoolGradient(maps: Tensor, pooled: Tensor, gradient: Tensor): Tensor {
  return execute('MaxPoolGrad', pooling(), [maps, pooled, gradient]);
}
