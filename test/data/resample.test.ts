import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { copyCrop } from '../../src-main/data/crop.ts';
import { resample } from '../../src-main/data/resample.ts';
import { toRgb, type GreyImage, type RgbImage } from '../../src-main/data/RgbImage.ts';
import { referenceFolder } from '../support/golden.ts';
import { randomPixels } from './imageFiles.ts';

const whole = (size: { width: number; height: number }) => ({ left: 0, top: 0, ...size });
const sizeSchema = z.tuple([z.int(), z.int()]);

describe('the pixels of an image rescaled', () => {
  const cases = z
    .array(z.strictObject({ from: sizeSchema, to: sizeSchema, sha256: z.string() }))
    .parse(JSON.parse(readFileSync(join(referenceFolder, 'rescaled.json'), 'utf8')));

  it.each(cases)('are those of Pillow, to the bit: $from to $to', ({ from, to, sha256 }) => {
    const [width, height] = from;
    // The pixels of rescaled.py.
    const data = Uint8Array.from(
      { length: width * height * 3 },
      (_, index) => Math.imul(index, 2654435761) >>> 24,
    );
    const size = { width: to[0], height: to[1] };
    const rescaled = resample({ data, width, height }, size, whole(size));
    expect(createHash('sha256').update(rescaled.data).digest('hex')).toBe(sha256);
  });

  it.each([
    [128, 128, 97, 97],
    [213, 160, 85, 64],
  ])('are those of libvips, to a rounding of its own: %i×%i shrunk to %i×%i', async (...sizes) => {
    const [width, height, toWidth, toHeight] = sizes;
    const image = { data: randomPixels(width, height, 3), width, height };
    const size = { width: toWidth, height: toHeight };
    const { data } = resample(image, size, whole(size));
    const vips = await sharp(image.data, { raw: { width, height, channels: 3 } })
      .resize(toWidth, toHeight, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    const gaps = vips.map((value, at) => Math.abs(value - (data[at] ?? NaN)));
    // On noise, the hardest case. Libvips rounds its weights to few digits, and its centres to parts of a pixel.
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(0.6);
    expect(gaps.reduce((most, gap) => Math.max(most, gap), 0)).toBeLessThan(20);
  });

  it('stay in the middle: a mirrored image gives the mirrored pixels, enlarged and shrunk', () => {
    const image = { data: randomPixels(28, 28, 4), width: 28, height: 28 };
    for (const side of [20, 56, 97]) {
      const size = { width: side, height: side };
      expect(resample(mirrored(image), size, whole(size))).toEqual(
        mirrored(resample(image, size, whole(size))),
      );
    }
  });

  it('of a part are those of the whole', () => {
    const image = { data: randomPixels(60, 45, 5), width: 60, height: 45 };
    for (const size of [
      { width: 96, height: 72 },
      { width: 40, height: 30 },
    ]) {
      const all = resample(image, size, whole(size)).data;
      const part = { left: 7, top: 11, width: 20, height: 13 };
      const rows = Array.from({ length: part.height }, (_, row) => {
        const start = ((part.top + row) * size.width + part.left) * 3;
        return all.subarray(start, start + part.width * 3);
      });
      expect(Buffer.from(resample(image, size, part).data).equals(Buffer.concat(rows))).toBe(true);
    }
  });
});

describe('a grey image', () => {
  const grey = (width: number, height: number, seed: number): GreyImage => {
    const data = randomPixels(width, height, seed).filter((_, at) => at % 3 === 0);
    return { data, width, height, channels: 1 };
  };

  it.each([
    [28, 28, 37, 37],
    [28, 45, 64, 103],
    [90, 61, 33, 22],
  ])('is rescaled to the bytes of its three equal channels: %i×%i to %i×%i', (...sizes) => {
    const [width, height, toWidth, toHeight] = sizes;
    const image = grey(width, height, 6);
    const size = { width: toWidth, height: toHeight };
    for (const part of [whole(size), { left: 3, top: 5, width: 11, height: 13 }]) {
      expect(toRgb(resample(image, size, part))).toEqual(resample(toRgb(image), size, part));
    }
  });

  it('gives the crops of its three equal channels, mirrored too', () => {
    const image = grey(9, 7, 8);
    for (const flip of [false, true]) {
      const [one, three] = [new Uint8Array(76).fill(9), new Uint8Array(76).fill(9)];
      copyCrop(image, 5, { top: 1, left: 3, flip }, one);
      copyCrop(toRgb(image), 5, { top: 1, left: 3, flip }, three);
      expect(one).toEqual(three);
    }
  });
});

function mirrored({ data, width, height }: RgbImage): RgbImage {
  const turned = data.map((_, at) => {
    const row = Math.floor(at / (width * 3));
    const column = Math.floor(at / 3) % width;
    return data[(row * width + width - 1 - column) * 3 + (at % 3)] ?? 0;
  });
  return { data: turned, width, height };
}
