/** Binary digits behind the point of a weight: 255 times the sum of the weights' sizes still fits into 32 bits. */
export const weightDigits = 22;

/** How far from its centre the kernel reaches, in pixels of the coarser of the two grids. */
const reach = 2;

/** The weights of a pixel are padded with zeros to a multiple of this, so that loops can take as many at once. */
export const tapsAtOnce = 4;

/** From which pixels of a line each pixel of a rescaled line is made, and how much of each. */
export interface Taps {
  /** For each new pixel, the first of the pixels that it is made from. */
  first: Int32Array;
  /** For each new pixel `each` weights, which sum up to 2^{@link weightDigits}. */
  weights: Int32Array;
  each: number;
}

/**
 * The taps of a line of `from` pixels rescaled to `to`: the cubic kernel (Catmull-Rom, a = −½), widened when shrinking so that
 * it does not alias, as in MATLAB's `imresize`. Both lines have their middle at the same place. The weights are those of
 * Pillow's `BICUBIC`, to the last bit (Pillow, src/libImaging/Resample.c: `precompute_coeffs`, `normalize_coeffs_8bpc`).
 * Where fewer pixels than weights are left in the line, those behind its end have the weight zero.
 */
export function cubicTaps(from: number, to: number): Taps {
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = reach * stretch;
  const most = Math.ceil(support) * 2 + 1;
  const begins = (pixel: number) => Math.max(0, Math.trunc((pixel + 0.5) * scale - support + 0.5));
  const ends = (pixel: number) => Math.min(from, Math.trunc((pixel + 0.5) * scale + support + 0.5));
  const counts = Array.from({ length: to }, (_, pixel) => ends(pixel) - begins(pixel));
  const each = tapsAtOnce * Math.ceil(counts.reduce((a, b) => Math.max(a, b), 1) / tapsAtOnce);
  const taps = { first: new Int32Array(to), weights: new Int32Array(to * each), each };
  const exact = new Float64Array(most);
  counts.forEach((count, pixel) => {
    const begin = begins(pixel);
    const centre = (pixel + 0.5) * scale;
    for (let tap = 0; tap < count; tap++) exact[tap] = cubic((tap + begin - centre + 0.5) * (1 / stretch));
    // Added up one after the other, as rounding depends on the order.
    const sum = exact.subarray(0, count).reduce((total, weight) => total + weight, 0);
    const first = Math.max(0, Math.min(begin, from - each));
    taps.first[pixel] = first;
    const into = pixel * each + begin - first;
    for (let tap = 0; tap < count; tap++) {
      taps.weights[into + tap] = roundedFromZero(((exact[tap] ?? 0) / sum) * 2 ** weightDigits);
    }
  });
  return taps;
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * -0.5;
  return 0;
}

function roundedFromZero(value: number): number {
  return Math.trunc(value < 0 ? value - 0.5 : value + 0.5);
}
