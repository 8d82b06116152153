import type { Tensor } from '../tensorflow.ts';
import { execute, intAttribute, ofFloats, stringAttribute, intsOf } from './execute.ts';

/*
 * Pooling. Maps are [batch, height, width, channels]. None disposes its inputs; the caller owns the result.
 */

/** The windows of a pool: their side, their stride, and the padding on each side of the map. */
export interface PoolWindows {
  side: number;
  stride: number;
  padding: number;
}

/** The pools of the paper: 2×2 with stride 2 (Sect. 2.1). */
export const halving: PoolWindows = { side: 2, stride: 2, padding: 0 };

const pooling = ({ side, stride, padding }: PoolWindows) => [
  ofFloats(),
  intAttribute('ksize', [1, side, side, 1]),
  intAttribute('strides', [1, stride, stride, 1]),
  ...(padding === 0
    ? [stringAttribute('padding', 'VALID')]
    : [
        stringAttribute('padding', 'EXPLICIT'),
        intAttribute('explicit_paddings', [0, 0, padding, padding, padding, padding, 0, 0]),
      ]),
  stringAttribute('data_format', 'NHWC'),
];

/** Max-pooling; an odd last row or column that no window reaches is left out. */
export function maxPool(maps: Tensor, windows = halving): Tensor {
  return execute('MaxPool', pooling(windows), [maps]);
}

/**
 * Routes a gradient back through {@link maxPool} to the greatest element of each window, as PyTorch does. Of equal
 * ones, as in a flat background, only the first, row by row, gets it.
 */
export function maxPoolGradient(maps: Tensor, pooled: Tensor, gradient: Tensor, windows = halving): Tensor {
  return execute('MaxPoolGrad', pooling(windows), [maps, pooled, gradient]);
}

const everyWindow = (side: number): PoolWindows => ({ side, stride: 1, padding: 0 });

/** The mean of every side×side window of a map. */
export function averagePool(maps: Tensor, side: number): Tensor {
  return execute('AvgPool', pooling(everyWindow(side)), [maps]);
}

/** @param mapsShape shape of the input maps */
export function averagePoolGradient(gradient: Tensor, mapsShape: readonly number[], side: number): Tensor {
  using shape = intsOf(mapsShape);
  return execute('AvgPoolGrad', pooling(everyWindow(side)), [shape, gradient]);
}
