import type { ConfusionMatrix } from '../../../../src-main/workbench/contract.ts';
import { rowTotals, shareOf } from './confusion.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** How far a cell with images is on the way to the full colour: at least a quarter, so that one image among fifty is not lost. */
export function cellWeight(share: number): number {
  return 0.25 + 0.75 * share;
}

/** @returns `#rrggbb` */
export function mixedColour(from: Colour, to: Colour, share: number): string {
  const channels = ([0, 1, 2] as const).map((at) => Math.round(from[at] + share * (to[at] - from[at])));
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * A matrix as a picture with a pixel a cell, see {@link cellWeight}.
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
      const weight = count === 0 ? 0 : cellWeight(shareOf(count, totals[label] ?? 0));
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
