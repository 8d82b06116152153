import type { Tensor } from '../tensorflow.ts';
import { boolAttribute, execute, ofFloats } from './execute.ts';

/** Matrix product, with either side transposed. */
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
