/** A map of numbers, row by row. */
export interface FloatMap {
  height: number;
  width: number;
  /** [height, width]. */
  values: Float32Array;
}

/**
 * Bilinear enlargement to a square. A cell's value applies at its centre, and the border's value continues beyond the
 * outermost centres, as in PyTorch's `interpolate(mode='bilinear', align_corners=False)`.
 */
export function enlarge({ height, width, values }: FloatMap, side: number): Float32Array {
  const across = weightsAlong(width, side);
  const down = weightsAlong(height, side);
  const result = new Float32Array(side * side);
  for (const [row, { before: top, after: bottom, share: downShare }] of down.entries()) {
    for (const [column, { before: left, after: right, share }] of across.entries()) {
      const at = (y: number, x: number) => values[y * width + x] ?? NaN;
      const upper = at(top, left) * (1 - share) + at(top, right) * share;
      const lower = at(bottom, left) * (1 - share) + at(bottom, right) * share;
      result[row * side + column] = upper * (1 - downShare) + lower * downShare;
    }
  }
  return result;
}

/** For each position along a side: the cells before and after it, and the weight of the latter. */
function weightsAlong(cells: number, side: number) {
  return Array.from({ length: side }, (_, place) => {
    const at = Math.max(0, ((place + 0.5) * cells) / side - 0.5);
    const before = Math.min(Math.floor(at), cells - 1);
    return { before, after: Math.min(before + 1, cells - 1), share: at - before };
  });
}
