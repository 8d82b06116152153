/**
 * The positions of at most `most` values that draw the same line: the first, the last, and the lowest and highest of
 * each stretch between them, so that no spike is lost. Non-finite values count only where a stretch has no others.
 */
export function decimate(values: ArrayLike<number>, most: number): number[] {
  const { length } = values;
  if (length <= Math.max(most, 2)) return Array.from({ length }, (_, index) => index);
  const stretches = Math.max(0, Math.floor((most - 2) / 2));
  const positions = [0];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = 1 + Math.floor((stretch * (length - 2)) / stretches);
    const end = 1 + Math.floor(((stretch + 1) * (length - 2)) / stretches);
    let lowest = -1;
    let highest = -1;
    for (let index = start; index < end; index++) {
      const value = values[index] ?? NaN;
      if (!Number.isFinite(value)) continue;
      if (lowest < 0 || value < (values[lowest] ?? NaN)) lowest = index;
      if (highest < 0 || value > (values[highest] ?? NaN)) highest = index;
    }
    if (lowest < 0) positions.push(start);
    else if (lowest === highest) positions.push(lowest);
    else positions.push(Math.min(lowest, highest), Math.max(lowest, highest));
  }
  positions.push(length - 1);
  return positions;
}
