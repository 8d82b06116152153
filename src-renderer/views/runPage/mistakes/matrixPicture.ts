import type { ConfusionMatrix } from '../../../../src-main/workbench/contract.ts';
import { rowTotals, shareOf } from './confusion.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/**
 * A matrix as a picture with a pixel a cell. A cell with any image is at least a quarter of the way to `full`, so that a
 * single image among fifty is not lost.
 *
 * @returns RGBA of [labels, predictions]
 */
export function matrixPixels(
  matrix: Pick<ConfusionMatrix, 'counts'>,
  empty: Colour,
  full: Colour,
): Uint8ClampedArray<ArrayBuffer> {
  const totals = rowTotals(matrix);
  const classes = matrix.counts.length;
  const pixels = new Uint8ClampedArray(4 * classes * classes);
  for (const [label, row] of matrix.counts.entries()) {
    for (const [prediction, count] of row.entries()) {
      const weight = count === 0 ? 0 : 0.25 + 0.75 * shareOf(count, totals[label] ?? 0);
      const start = 4 * (label * classes + prediction);
      for (const channel of [0, 1, 2] as const) {
        pixels[start + channel] = empty[channel] + weight * (full[channel] - empty[channel]);
      }
      pixels[start + 3] = 255;
    }
  }
  return pixels;
}

/** The colour of a theme variable. */
export function themeColour(element: Element, variable: string): Colour {
  const text = getComputedStyle(element).getPropertyValue(variable).trim();
  const [, red = '80', green = '80', blue = '80'] = /^#(..)(..)(..)$/.exec(text) ?? [];
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}
