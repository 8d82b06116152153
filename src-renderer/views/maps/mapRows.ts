import { valueOf } from '../../shared/maps/colourScale.ts';
import type { ShownMaps } from '../../shared/maps/LoadedMaps.svelte.ts';

/** Rows of a table: the map, the row in it, and the values along it, in four figures as 8 bits hold no more. */
export function mapRows({
  values,
  height,
  width,
  maps,
}: Pick<ShownMaps, 'values' | 'height' | 'width' | 'maps'>): string[][] {
  const columns = Array.from({ length: width }, (_, column) => `column ${column}`);
  const rows = [['map', 'row', ...columns]];
  for (const [index, map] of maps.entries()) {
    for (let row = 0; row < height; row++) {
      const start = (index * height + row) * width;
      const along = Array.from(values.subarray(start, start + width), (byte) =>
        String(Number(valueOf(byte, map).toPrecision(4))),
      );
      rows.push([String(index), String(row), ...along]);
    }
  }
  return rows;
}
