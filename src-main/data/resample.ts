import { cubicTaps, type Taps, tapsAtOnce, weightDigits } from './cubic.ts';
import type { RasterImage } from './RgbImage.ts';

export interface Size {
  width: number;
  height: number;
}

/** A rectangle of an image, by its upper left corner. */
export interface Part extends Size {
  left: number;
  top: number;
}

/**
 * A part of an image rescaled to a size; nothing else is computed. First the lines are rescaled, then the columns, both to
 * whole grey levels, by the integers of Pillow's `BICUBIC`: the pixels are Pillow's (Resample.c, `ImagingResampleInner`).
 */
export function resample<Image extends RasterImage>(image: Image, size: Size, part: Part): Image {
  const across = tapsOf(image.width, size.width);
  const down = tapsOf(image.height, size.height);
  const begin = down.first[part.top] ?? 0;
  const end = (down.first[part.top + part.height - 1] ?? 0) + down.each;
  const { channels = 3 } = image;
  const ofLines = channels === 1 ? rescaleGreyLines : rescaleLines;
  const lines = ofLines(image, { begin, end }, across, part);
  const data = rescaleColumns(lines, begin, down, { ...part, width: part.width * channels });
  return { ...image, data, width: part.width, height: part.height };
}

const half = 1 << (weightDigits - 1);

/** The lines from `begin` to before `end`, as wide as the part: `[lines, width, 3]`; zeros where the image has ended. */
function rescaleLines(
  { data, width, height }: RasterImage,
  { begin, end }: { begin: number; end: number },
  { first, weights, each }: Taps,
  part: Part,
): Uint8ClampedArray {
  const lines = new Uint8ClampedArray((end - begin) * part.width * 3);
  const stop = part.left + part.width;
  const lastLine = Math.min(end, height);
  let into = 0;
  for (let line = begin; line < lastLine; line++) {
    for (let pixel = part.left; pixel < stop; pixel++) {
      let red = half;
      let green = half;
      let blue = half;
      let at = (line * width + (first[pixel] ?? 0)) * 3;
      for (let tap = pixel * each; tap < (pixel + 1) * each; tap++, at += 3) {
        const weight = weights[tap] ?? 0;
        red = (red + Math.imul(data[at] ?? 0, weight)) | 0;
        green = (green + Math.imul(data[at + 1] ?? 0, weight)) | 0;
        blue = (blue + Math.imul(data[at + 2] ?? 0, weight)) | 0;
      }
      lines[into++] = red >> weightDigits;
      lines[into++] = green >> weightDigits;
      lines[into++] = blue >> weightDigits;
    }
  }
  return lines;
}

/** Of a grey image: `[lines, width]`. */
function rescaleGreyLines(
  { data, width, height }: RasterImage,
  { begin, end }: { begin: number; end: number },
  { first, weights, each }: Taps,
  part: Part,
): Uint8ClampedArray {
  const lines = new Uint8ClampedArray((end - begin) * part.width);
  const stop = part.left + part.width;
  const lastLine = Math.min(end, height);
  let into = 0;
  for (let line = begin; line < lastLine; line++) {
    for (let pixel = part.left; pixel < stop; pixel++) {
      let grey = half;
      let at = line * width + (first[pixel] ?? 0);
      for (let tap = pixel * each; tap < (pixel + 1) * each; tap++, at++) {
        grey = (grey + Math.imul(data[at] ?? 0, weights[tap] ?? 0)) | 0;
      }
      lines[into++] = grey >> weightDigits;
    }
  }
  return lines;
}

/** @param lines the image's lines from `begin`, as wide as the part, whose width counts bytes */
function rescaleColumns(
  lines: Uint8ClampedArray,
  begin: number,
  { first, weights, each }: Taps,
  part: Part,
): Uint8Array {
  const bytes = part.width;
  const rescaled = new Uint8ClampedArray(part.height * bytes);
  const sums = new Int32Array(bytes);
  for (let line = 0; line < part.height; line++) {
    const row = part.top + line;
    const from = ((first[row] ?? 0) - begin) * bytes;
    sums.fill(half);
    for (let tap = 0; tap < each; tap += tapsAtOnce) {
      const four = weights.subarray(row * each + tap, row * each + tap + tapsAtOnce);
      addFourLines(lines.subarray(from + tap * bytes), four, sums);
    }
    for (let at = 0; at < bytes; at++) rescaled[line * bytes + at] = (sums[at] ?? 0) >> weightDigits;
  }
  return new Uint8Array(rescaled.buffer);
}

/** Adds four weighted lines at once: most of the time goes into reading and writing the sums. */
function addFourLines(lines: Uint8ClampedArray, weights: Int32Array, sums: Int32Array): void {
  const [a = 0, b = 0, c = 0, d = 0] = weights;
  const bytes = sums.length;
  for (let at = 0; at < bytes; at++) {
    const first = Math.imul(lines[at] ?? 0, a) + Math.imul(lines[at + bytes] ?? 0, b);
    const second = Math.imul(lines[at + 2 * bytes] ?? 0, c) + Math.imul(lines[at + 3 * bytes] ?? 0, d);
    sums[at] = ((sums[at] ?? 0) + first + second) | 0;
  }
}

/** Of the sizes met last: with jitter there is a pair of sizes for each S. */
const kept = new Map<string, Taps>();
const mostKept = 1024;

function tapsOf(from: number, to: number): Taps {
  const key = `${from}>${to}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= mostKept) kept.clear();
  const taps = cubicTaps(from, to);
  kept.set(key, taps);
  return taps;
}
