import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectImage } from '../../src-main/data/inspectImage.ts';

import { Draws } from '../../src-main/foundation/random.ts';
import { photo, temporaryFolder, writeFiles } from './imageFiles.ts';

const end = Buffer.from([0xff, 0xd9]);

async function findingsOf(content: Uint8Array) {
  const folder = temporaryFolder();
  writeFiles(folder, { 'image.jpg': content });
  const source = { kind: 'file', path: join(folder, 'image.jpg'), bytes: content.length } as const;
  return (await inspectImage(source, false)).findings.map(({ code, severity }) => `${severity} ${code}`);
}

/** The file with some bytes in its middle, well behind the header, replaced. */
function withMiddle(file: Buffer, bytes: Uint8Array): Buffer {
  const changed = Buffer.from(file);
  changed.set(bytes, Math.floor(file.length / 2));
  return changed;
}

const noise = (length: number, seed: number) => {
  const draws = new Draws(seed, 'colour', length);
  return Uint8Array.from({ length }, () => draws.integer(0, 254));
};

describe('damage that decoders conceal', () => {
  it.each([1, 2, 3, 4])('is found in a JPEG with noise for 1,000 of its bytes (%i)', async (seed) => {
    const file = await photo(200, 150, seed).jpeg({ quality: 90 }).toBuffer();
    expect(await findingsOf(withMiddle(file, noise(1000, seed)))).toEqual(['note damaged']);
  });

  it.each([
    ['baseline', {}],
    ['of tables made for it', { optimizeCoding: true }],
    ['with little colour', { chromaSubsampling: '4:2:0' }],
    ['in passes', { progressive: true }],
  ])('is found in a JPEG with a hole of zeros: %s', async (_, options) => {
    const file = await photo(200, 150)
      .jpeg({ quality: 90, ...options })
      .toBuffer();
    expect(await findingsOf(withMiddle(file, new Uint8Array(1000)))).toEqual(['note damaged']);
  });

  it.each([{}, { progressive: true }])('is found in half a JPEG with an end mark', async (options) => {
    const file = await photo(200, 150).jpeg(options).toBuffer();
    const half = file.subarray(0, file.length / 2);
    expect(await findingsOf(Buffer.concat([half, end]))).toEqual(['note damaged']);
    expect(await findingsOf(half)).toEqual(['error truncated']);
  });

  it('is found in a WebP with a hole of zeros', async () => {
    for (const options of [{ quality: 80 }, { lossless: true }]) {
      const file = await photo(200, 150).webp(options).toBuffer();
      expect(await findingsOf(file)).toEqual([]);
      const findings = await findingsOf(withMiddle(file, new Uint8Array(600)));
      // Of a lossless one the decoder may find the damage itself.
      expect(['note damaged', 'error broken']).toContain(findings[0]);
    }
  });
});

describe('what is no damage', () => {
  const jpegs = {
    baseline: {},
    'of tables made for it': { optimizeCoding: true },
    'in passes': { progressive: true },
    'with all its colour': { chromaSubsampling: '4:4:4', quality: 100 },
    poor: { quality: 5 },
  };
  it.each(Object.entries(jpegs))(
    'a JPEG %s, without its end mark, and with something behind it',
    async (_, options) => {
      const file = await photo(203, 149).jpeg(options).toBuffer();
      expect(await findingsOf(file)).toEqual([]);
      expect(await findingsOf(file.subarray(0, -2))).toEqual([]);
      expect(await findingsOf(Buffer.concat([file, Buffer.alloc(500)]))).toEqual([]);
      expect(await findingsOf(Buffer.concat([file, noise(500, 1)]))).toEqual([]);
    },
  );

  it('an even picture, whose data may be all zeros', async () => {
    for (const background of ['#000', '#fff', '#777']) {
      const even = sharp({ create: { width: 400, height: 400, channels: 3, background } });
      for (const options of [{ optimizeCoding: true }, { optimizeCoding: false }]) {
        const file = await even.clone().jpeg(options).toBuffer();
        expect(file.includes(Buffer.alloc(512))).toBe(options.optimizeCoding);
        expect(await findingsOf(file)).toEqual([]);
      }
    }
  });

  it('a profile or EXIF data that mean nothing', async () => {
    const file = await photo(64, 48).jpeg().toBuffer();
    const segment = (marker: number, content: string) => {
      const bytes = Buffer.from(content, 'latin1');
      return Buffer.concat([Buffer.from([0xff, marker, 0, bytes.length + 2]), bytes]);
    };
    for (const odd of [
      segment(0xe2, 'ICC_PROFILE\0\x01\x01garbage'),
      segment(0xe1, 'Exif\0\0II*\0\xff\xff\xff\xff'),
    ]) {
      expect(await findingsOf(Buffer.concat([file.subarray(0, 2), odd, file.subarray(2)]))).toEqual([]);
    }
  });
});

describe('what is refused', () => {
  it('a JPEG whose header tells of more pixels than the file can hold', async () => {
    const file = await photo(64, 48).jpeg().toBuffer();
    const size = file.indexOf(Buffer.from([0xff, 0xc0])) + 5;
    file.writeUInt16BE(11_500, size);
    file.writeUInt16BE(11_500, size + 2);
    expect(await findingsOf(file)).toEqual(['error truncated']);
  });

  it('a drawing under the name of an image', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    expect(await findingsOf(Buffer.from(svg))).toEqual(['error unknown-format']);
    expect(await findingsOf(Buffer.from(`<?xml version="1.0"?>${svg}`))).toEqual(['error unknown-format']);
  });
});
