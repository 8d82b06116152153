import { halfSquares } from '../engine/ops/reduction.ts';
import type { Variable } from '../engine/Variable.ts';

/**
 * Whether all values are finite and small enough that the sum of their squares is finite too. The loss does not always
 * show it: the maximum in a pool or a ReLU may ignore a NaN, and the net then answers the same for every image.
 */
export function areFinite(variables: readonly Variable[]): boolean {
  return variables.every((variable) => {
    using squares = variable.with(halfSquares);
    const [sum = NaN] = squares.dataSync<'float32'>();
    return Number.isFinite(sum);
  });
}
