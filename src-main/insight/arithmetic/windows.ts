/** A layer's output for one image. */
export interface Maps {
  /** [height, width, channels]. */
  shape: readonly [number, number, number];
  /** In the order of the shape, row by row. */
  values: Float32Array;
}

/** A square of a map; its first row and column may lie before the map's. */
export interface Window {
  row: number;
  column: number;
  side: number;
}

/** How windows lie: their side, the distance from one to the next, and the padding on each side of the map. */
export interface Windows {
  side: number;
  stride: number;
  padding: number;
}

/** The window of one output. */
export function windowOf({ side, stride, padding }: Windows, at: { row: number; column: number }): Window {
  return { row: at.row * stride - padding, column: at.column * stride - padding, side };
}

/** The value at a place; null beyond the border. */
export function valueAt(
  { shape, values }: Maps,
  row: number,
  column: number,
  channel: number,
): number | null {
  const [height, width, channels] = shape;
  if (row < 0 || column < 0 || row >= height || column >= width || channel >= channels) return null;
  return values[(row * width + column) * channels + channel] ?? null;
}

/** The values of a window of one channel, row by row; null beyond the border. */
export function valuesIn(maps: Maps, { row, column, side }: Window, channel: number): (number | null)[] {
  return Array.from({ length: side * side }, (_, place) =>
    valueAt(maps, row + Math.floor(place / side), column + (place % side), channel),
  );
}

/** The greatest value, padding left out. */
export function greatestOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((greatest, value) => Math.max(greatest, value ?? -Infinity), -Infinity);
}
