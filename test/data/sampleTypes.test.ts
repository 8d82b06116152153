import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src-main/data/decodeImage.ts';
import { fetchImageFile, readImageFile } from '../../src-main/data/imageFile.ts';
import { temporaryFolder } from './imageFiles.ts';

type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array;

/** A little-endian TIFF of 4×4 grey samples, uncompressed. */
function tiff(samples: Samples): Buffer {
  const isFloat = samples instanceof Float32Array;
  const isSigned =
    samples instanceof Int8Array || samples instanceof Int16Array || samples instanceof Int32Array;
  const pixels = Buffer.from(samples.buffer);
  const entries = [
    [256, 4], // width
    [257, 4], // height
    [258, 8 * samples.BYTES_PER_ELEMENT],
    [259, 1], // not compressed
    [262, 1], // 0 is black
    [273, 8], // where the pixels are
    [277, 1], // one channel
    [278, 4], // all rows in one strip
    [279, pixels.length],
    [339, isFloat ? 3 : isSigned ? 2 : 1],
  ] as const;
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length, 0);
  entries.forEach(([tag, value], index) => {
    directory.writeUInt16LE(tag, 2 + 12 * index);
    directory.writeUInt16LE(4, 4 + 12 * index);
    directory.writeUInt32LE(1, 6 + 12 * index);
    directory.writeUInt32LE(value, 10 + 12 * index);
  });
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(8 + pixels.length, 4);
  return Buffer.concat([header, pixels, directory]);
}

const ramp = Array.from({ length: 16 }, (_, index) => index / 15);

describe('samples', () => {
  it('of 8 and 16 bits are taken by their range', async () => {
    const expected = ramp.flatMap((value) => [value, value, value]).map((value) => Math.round(255 * value));
    for (const samples of [
      Uint8Array.from(ramp, (value) => Math.round(255 * value)),
      Uint16Array.from(ramp, (value) => Math.round(65_535 * value)),
    ]) {
      expect([...(await decodeBytes(tiff(samples))).data]).toEqual(expected);
    }
  });

  it.each([
    ['32-bit float from 0 to 1', Float32Array.from(ramp)],
    ['32-bit float from 0 to 255', Float32Array.from(ramp, (value) => 255 * value)],
    ['signed 8 bits', Int8Array.from(ramp, (value) => 100 * value)],
    ['signed 16 bits', Int16Array.from(ramp, (value) => 30_000 * value)],
    ['signed 32 bits', Int32Array.from(ramp, (value) => 1e6 * value)],
    ['unsigned 32 bits', Uint32Array.from(ramp, (value) => 4e9 * value)],
    ['16 bits of which 12 are used', Uint16Array.from(ramp, (value) => 4095 * value)],
  ])('of %s have no range that is known, and are refused', async (_, samples) => {
    await expect(decodeBytes(tiff(samples))).rejects.toMatchObject({
      finding: { code: 'unsupported-samples' },
    });
  });
});

it('a pipe is not opened, which would wait for ever', async () => {
  const path = join(temporaryFolder(), 'pipe.jpg');
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
  expect(() => readImageFile(path)).toThrow('regular file');
  expect(() => readImageFile('/dev/zero')).toThrow('regular file');
  for (const never of [path, '/dev/zero'])
    await expect(fetchImageFile(never)).rejects.toThrow('regular file');
});
