export interface MeanAndDeviation {
  mean: number;
  /** Sample deviation (n − 1); null for fewer than two values. */
  deviation: number | null;
}

/** NaN for no values at all. */
export function meanAndDeviation(values: readonly number[]): MeanAndDeviation {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/** `12.34`, or `12.34 ± 0.56` over several seeds. */
export function meanText(
  { mean, deviation }: MeanAndDeviation,
  format: (value: number) => string = (value) => value.toFixed(2),
): string {
  return deviation === null ? format(mean) : `${format(mean)} ± ${format(deviation)}`;
}

/** NaN for no values at all. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
