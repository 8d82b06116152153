import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeImage, imageShape } from '../../src-main/data/decodeImage.ts';
import {
  animation,
  jpegFile,
  photo,
  pngFile,
  randomPixels,
  temporaryFolder,
  writeFiles,
} from './imageFiles.ts';

const width = 24;
const height = 16;
const original = randomPixels(width, height, 1);

describe('decodeBytes', () => {
  it('gives the very pixels of a PNG', async () => {
    const image = await decodeBytes(await pngFile(width, height));
    expect([image.width, image.height]).toEqual([width, height]);
    expect(Buffer.compare(image.data, original)).toBe(0);
  });

  it('takes the high byte of 16-bit samples', async () => {
    const image = await decodeBytes(await photo(width, height).toColourspace('rgb16').png().toBuffer());
    expect(Buffer.compare(image.data, original)).toBe(0);
  });

  it('repeats grey in three channels', async () => {
    const grey = Uint8Array.from({ length: 12 }, (_, index) => index * 20);
    const file = await sharp(grey, { raw: { width: 4, height: 3, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(file).metadata()).channels).toBe(1);
    const { data } = await decodeBytes(file);
    expect([...data]).toEqual([...grey].flatMap((value) => [value, value, value]));
  });

  it('converts CMYK to nearly the same RGB', async () => {
    const plain = await sharp({
      create: { width: 8, height: 8, channels: 3, background: { r: 180, g: 90, b: 60 } },
    })
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(plain).metadata()).space).toBe('cmyk');
    const { data } = await decodeBytes(plain);
    expect(data.length).toBe(8 * 8 * 3);
    [180, 90, 60].forEach((value, channel) => {
      expect(Math.abs((data[channel] ?? 0) - value)).toBeLessThan(25);
    });
  });

  it('lays transparency on white', async () => {
    const clear = await sharp({
      create: { width: 2, height: 2, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect([...(await decodeBytes(clear)).data]).toEqual(Array(12).fill(255));
  });

  it('takes the first frame of an animation', async () => {
    const image = await decodeBytes(await animation('webp', width, height));
    expect([image.width, image.height]).toEqual([width, height]);
    expect(Buffer.compare(image.data, original)).toBe(0);
  });

  it('turns a photograph upright', async () => {
    // Orientation 6: the camera was turned; upright, the left column of the file is the top row.
    const file = await photo(width, height).withMetadata({ orientation: 6 }).png().toBuffer();
    const image = await decodeBytes(file);
    expect([image.width, image.height]).toEqual([height, width]);
    const bottomLeft = (height - 1) * width * 3;
    expect([...image.data.subarray(0, 3)]).toEqual([...original.subarray(bottomLeft, bottomLeft + 3)]);
  });
});

describe('decodeImage and imageShape', () => {
  it('agree on the shape, of rotated files too', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'a.jpg': await jpegFile(30, 20),
      'with space ü [1].jpg': await photo(30, 20).withMetadata({ orientation: 8 }).jpeg().toBuffer(),
    });
    for (const [name, shape] of [
      ['a.jpg', [30, 20]],
      ['with space ü [1].jpg', [20, 30]],
    ] as const) {
      const source = { kind: 'file', path: `${folder}/${name}`, bytes: 0 } as const;
      const { width, height } = await imageShape(source);
      const decoded = await decodeImage(source);
      expect([width, height]).toEqual(shape);
      expect([decoded.width, decoded.height]).toEqual(shape);
    }
  });

  it('expands grey pixels in memory', async () => {
    const data = Uint8Array.of(1, 2, 3, 4);
    const image = await decodeImage({ kind: 'pixels', data, width: 2, height: 2, channels: 1 });
    expect([...image.data]).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
  });
});
