/**
 * Exponential smoothing without the pull to zero at the start: `last = w·last + (1 − w)·y`, divided by `1 − wⁿ` after n
 * values (the correction of Kingma & Ba 2015, Sect. 3, for a mean that starts at zero).
 *
 * Values that are not finite stay what they are and are not counted. A constant series stays as it is, bit for bit.
 *
 * @param weight w, 0 to below 1; 0 smooths nothing
 */
export function smooth(values: ArrayLike<number>, weight: number): number[] {
  const raw = Array.from(values);
  const first = raw.find(Number.isFinite);
  if (weight === 0 || raw.every((value) => !Number.isFinite(value) || value === first)) return raw;
  let last = 0;
  let remaining = 1;
  return raw.map((value) => {
    if (!Number.isFinite(value)) return value;
    last = weight * last + (1 - weight) * value;
    remaining *= weight;
    return last / (1 - remaining);
  });
}
