/** The share of decisions that may be wrong, of a whole family of tests. */
export const level = 0.05;

/**
 * Holm's adjustment: what each p-value is worth among all. Those adjusted to at most 0.05 are, together, wrong no more often
 * than once in twenty families, however the tests depend on each other (Holm 1979).
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  let greatest = 0;
  const order = pValues.map((_, index) => index).sort((one, other) => at(pValues, one) - at(pValues, other));
  for (const [rank, index] of order.entries()) {
    greatest = Math.max(greatest, Math.min(1, (pValues.length - rank) * at(pValues, index)));
    adjusted[index] = greatest;
  }
  return adjusted;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? NaN;
}
