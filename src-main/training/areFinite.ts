import { halfSquares } from '../engine/ops/reduction.ts';
import type { Variable } from '../engine/Variable.ts';

/**
 * Whether all values are numbers, and no greater than their squares can be added up. A loss does not always tell: the
 * maximum in a pool or a ReLU may pass over what is no number, and the net answers the same for every image.
 */
export function areFinite(variables: readonly Variable[]): boolean {
  return variables.every((variable) => {
    const squares = variable.with(halfSquares);
    const [sum = NaN] = squares.dataSync<'float32'>();
    squares.dispose();
    return Number.isFinite(sum);
  });
}
