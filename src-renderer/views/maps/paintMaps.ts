import { colourOfByte, type Range } from './colourScale.ts';
import { cellPlace, type GridLayout } from './gridLayout.ts';

/** Maps to be painted: [count, height, width] in 8 bits, each scaled by itself. */
export interface MapBytes {
  values: Uint8Array;
  height: number;
  width: number;
  maps: readonly Range[];
}

/**
 * Paints maps into a grid, each unit as a rectangle of one colour. Between the cells nothing is painted.
 *
 * @param table 256 colours, RGBA
 * @param rangeOf over what the colours of a map run
 * @returns RGBA of [layout.height, layout.width]
 */
export function paintMaps(
  { values, height, width, maps }: MapBytes,
  layout: GridLayout,
  table: Uint8ClampedArray<ArrayBuffer>,
  rangeOf: (index: number) => Range,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * layout.width * layout.height);
  // A colour in one write instead of four.
  const colours = new Uint32Array(table.buffer);
  const painted = new Uint32Array(pixels.buffer);
  const across = sources(layout.cell, width);
  const down = sources(layout.cell, height);
  for (const [index, map] of maps.entries()) {
    const entries = colourOfByte(map, rangeOf(index));
    const place = cellPlace(layout, index);
    for (const [row, sourceRow] of down.entries()) {
      const from = (index * height + sourceRow) * width;
      const to = (place.y + row) * layout.width + place.x;
      for (const [column, sourceColumn] of across.entries()) {
        const entry = entries[values[from + sourceColumn] ?? 0] ?? 0;
        painted[to + column] = colours[entry] ?? 0;
      }
    }
  }
  return pixels;
}

/** For each pixel of a cell the nearest unit. */
function sources(cell: number, units: number): number[] {
  return Array.from({ length: cell }, (_, pixel) => Math.floor(((pixel + 0.5) * units) / cell));
}
