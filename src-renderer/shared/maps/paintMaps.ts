import { colourOfByte, type Range } from './colourScale.ts';
import { cellPlace, type GridLayout } from './gridLayout.ts';

/** Maps to be painted, in 8 bits, each scaled by itself. */
export interface MapBytes {
  /** [count, height, width]; with `rgb` [count, 3, height, width], which are colours already. */
  values: Uint8Array;
  rgb?: boolean;
  height: number;
  width: number;
  maps: readonly Range[];
  /** [height, width], not 0 where a map holds something; without it, everywhere. */
  used?: Uint8Array;
}

/** The opacity of maps that stand back, in the highest byte of a colour. */
const dimmed = 0x38000000;

/**
 * Paints maps into a grid, each unit as a rectangle of one colour. Between the cells nothing is painted.
 *
 * @param table 256 colours, RGBA
 * @param rangeOf over what the colours of a map run
 * @param dims which maps stand back: they are painted almost transparent
 * @returns RGBA of [layout.height, layout.width]
 */
export function paintMaps(
  { values, rgb = false, height, width, maps, used }: MapBytes,
  layout: GridLayout,
  table: Uint8ClampedArray<ArrayBuffer>,
  rangeOf: (index: number) => Range,
  dims: (index: number) => boolean = () => false,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * layout.width * layout.height);
  // A colour in one write instead of four.
  const colours = new Uint32Array(table.buffer);
  const painted = new Uint32Array(pixels.buffer);
  const units = height * width;
  const across = sources(layout.cell, width);
  const down = sources(layout.cell, height);
  for (const [index, map] of maps.entries()) {
    const entries = colourOfByte(map, rangeOf(index));
    const colourAt = (unit: number) => colours[entries[values[index * units + unit] ?? 0] ?? 0] ?? 0;
    const rgbAt = (unit: number) => rgbOf(values, 3 * index * units + unit, units);
    const full = rgb ? rgbAt : colourAt;
    const seen = dims(index) ? (unit: number) => ((full(unit) & 0xffffff) | dimmed) >>> 0 : full;
    const colour = used ? (unit: number) => (used[unit] === 0 ? 0 : seen(unit)) : seen;
    const place = cellPlace(layout, index);
    for (const [row, sourceRow] of down.entries()) {
      const to = (place.y + row) * layout.width + place.x;
      for (const [column, sourceColumn] of across.entries()) {
        painted[to + column] = colour(sourceRow * width + sourceColumn);
      }
    }
  }
  return pixels;
}

/** Paints maps, as {@link paintMaps} does, on a canvas that becomes as large as the grid. */
export function drawMaps(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  ...[maps, layout, ...colours]: Parameters<typeof paintMaps>
): void {
  const { width, height } = layout;
  if (width <= 0 || height <= 0) return;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D | null;
  context?.putImageData(new ImageData(paintMaps(maps, layout, ...colours), width, height), 0, 0);
}

/** For each pixel of a cell the nearest unit. */
function sources(cell: number, units: number): number[] {
  return Array.from({ length: cell }, (_, pixel) => Math.floor(((pixel + 0.5) * units) / cell));
}

/** RGBA in one number, as the bytes lie on the little-endian machines there are. */
function rgbOf(values: Uint8Array, first: number, plane: number): number {
  const [red = 0, green = 0, blue = 0] = [values[first], values[first + plane], values[first + 2 * plane]];
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}
