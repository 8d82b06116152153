import type { RgbImage } from '../data/RgbImage.ts';

/** Viridis (van der Walt and Smith, 2015), sampled at every ninth of its range. */
const viridis = [
  [0x44, 0x01, 0x54],
  [0x48, 0x28, 0x78],
  [0x3e, 0x4a, 0x89],
  [0x31, 0x68, 0x8e],
  [0x26, 0x82, 0x8e],
  [0x1f, 0x9e, 0x89],
  [0x35, 0xb7, 0x79],
  [0x6d, 0xcd, 0x59],
  [0xb4, 0xde, 0x2c],
  [0xfd, 0xe7, 0x25],
] as const;

/** Values as colours, from the least to the greatest. A constant map, or one without a number, has the least colour. */
export function heatPicture(values: Float32Array, width: number, height: number): RgbImage {
  const { least, greatest } = rangeOf(values);
  const factor = greatest > least ? (viridis.length - 1) / (greatest - least) : 0;
  const data = new Uint8Array(values.length * 3);
  for (const [index, value] of values.entries()) {
    const place = Number.isFinite(value) ? (value - least) * factor : 0;
    const before = Math.min(Math.floor(place), viridis.length - 2);
    const [one, other] = [viridis[before] ?? viridis[0], viridis[before + 1] ?? viridis[0]];
    for (const [channel, from] of one.entries()) {
      data[3 * index + channel] = Math.round(from + (place - before) * ((other[channel] ?? 0) - from));
    }
  }
  return { data, width, height };
}

/** Blends two pictures of the same size, half of each. */
export function blend({ data, width, height }: RgbImage, over: RgbImage): RgbImage {
  return {
    data: data.map((value, index) => Math.round((value + (over.data[index] ?? 0)) / 2)),
    width,
    height,
  };
}

/** The least and the greatest of the finite values; 0 and 0 if there are none. */
export function rangeOf(values: Float32Array): { least: number; greatest: number } {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? { least, greatest } : { least: 0, greatest: 0 };
}
