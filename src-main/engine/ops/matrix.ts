import type { Tensor } from '../tensorflow.ts';
import { boolAttribute, execute, executeAll, ofFloats } from './execute.ts';
import { transpose } from './shape.ts';

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

/** A matrix of the same shape whose columns, or whose rows where these are fewer, are orthonormal: the Q of its QR. */
export function orthonormal(matrix: Tensor): Tensor {
  const [rows = 1, columns = 1] = matrix.shape;
  if (rows < columns) {
    using turned = transpose(matrix, [1, 0]);
    using basis = orthonormal(turned);
    return transpose(basis, [1, 0]);
  }
  const [basis, upper] = executeAll('Qr', [ofFloats(), boolAttribute('full_matrices', false)], [matrix], 2);
  upper?.dispose();
  if (!basis) throw new Error('Qr has two outputs.');
  return basis;
}
