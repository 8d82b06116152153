import type { Tensor } from '../tensorflow.ts';
import { boolAttribute, execute, ofFloats } from './execute.ts';

/** Matrix product; either side can be transposed first. */
export function multiplyMatrices(
  left: Tensor,
  right: Tensor,
  { transposeLeft = false, transposeRight = false } = {},
): Tensor {
  return execute(
    'MatMul',
    [ofFloats(), boolAttribute('transpose_a', transposeLeft), boolAttribute('transpose_b', transposeRight)],
    [left, right],
  );
}
