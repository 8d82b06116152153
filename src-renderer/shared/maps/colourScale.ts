import type { ValueStatistics } from '../../../src-main/workbench/contract.ts';

/** Over what a colour scale runs: each map's own values, all of the layer's, or all of the net's for this image. */
export type ScaleOver = 'map' | 'layer' | 'global';
/** Shows what is in each map at first sight; over the layer most are dark beside its strongest. */
export const usualScale: ScaleOver = 'map';
export type ColourMap = 'viridis' | 'grey';
export type Range = Pick<ValueStatistics, 'least' | 'greatest'>;

/** Viridis (van der Walt and Smith, 2015), every ninth part of it. */
const viridis = [
  0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725,
] as const;
const grey = [0x000000, 0xffffff] as const;

/** The colours of a map as [256, RGBA], from the least value to the greatest. */
export function colourTable(colours: ColourMap): Uint8ClampedArray<ArrayBuffer> {
  const anchors: readonly number[] = colours === 'grey' ? grey : viridis;
  const table = new Uint8ClampedArray(4 * 256);
  for (let index = 0; index < 256; index++) {
    const place = (index / 255) * (anchors.length - 1);
    const before = Math.min(Math.floor(place), anchors.length - 2);
    const one = anchors[before] ?? 0;
    const other = anchors[before + 1] ?? 0;
    for (const [channel, shift] of [16, 8, 0].entries()) {
      const from = (one >> shift) & 255;
      table[4 * index + channel] = from + (place - before) * (((other >> shift) & 255) - from);
    }
    table[4 * index + 3] = 255;
  }
  return table;
}

/** The range of several: from the least of all to the greatest of all. NaN of maps that hold no number is passed over. */
export function rangeOver(all: readonly Range[]): Range {
  const range = { least: Infinity, greatest: -Infinity };
  for (const { least, greatest } of all) {
    if (least < range.least) range.least = least;
    if (greatest > range.greatest) range.greatest = greatest;
  }
  return range.least <= range.greatest ? range : { least: 0, greatest: 0 };
}

/** The value of a byte of a map, which was scaled from the map's least value to its greatest. */
export function valueOf(byte: number, { least, greatest }: Range): number {
  return least + (byte / 255) * (greatest - least);
}

/** For each byte of a map the entry of the colour table, when colours run over `range`. */
export function colourOfByte(map: Range, range: Range): Uint8Array<ArrayBuffer> {
  const entries = new Uint8Array(256);
  const width = range.greatest - range.least;
  for (let byte = 0; byte < 256; byte++) {
    const share = width > 0 ? (valueOf(byte, map) - range.least) / width : 0;
    entries[byte] = Math.round(255 * Math.min(1, Math.max(0, share)));
  }
  return entries;
}

/**
 * Over what the colours of each map run. A fully-connected unit has a single value, which has no range of its own: its
 * scale is the layer's.
 */
export function rangesOf(
  { maps, height, width }: { maps: readonly Range[]; height: number; width: number },
  over: ScaleOver,
  global: Range | null,
): { own: boolean; common: Range; of: (index: number) => Range } {
  const layer = rangeOver(maps);
  const common = over === 'global' ? (global ?? layer) : layer;
  const own = over === 'map' && height * width > 1;
  return { own, common, of: (index) => (own ? (maps[index] ?? common) : common) };
}
