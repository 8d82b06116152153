/**
 * The mean of posteriors [images, outputs], computed in float64 and rounded once.
 *
 * @returns the part itself if there is only one; an empty array for none
 */
export function meanPosteriors(parts: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = parts;
  if (others.length === 0) return first;
  return first.map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? NaN), 0) / parts.length);
}
