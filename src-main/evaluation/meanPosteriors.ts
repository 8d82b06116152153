/**
 * The mean of posteriors [images, outputs], in float64, rounded once.
 *
 * @returns the only one itself where there is but one; nothing for none
 */
export function meanPosteriors(parts: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = parts;
  if (others.length === 0) return first;
  return first.map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? NaN), 0) / parts.length);
}
