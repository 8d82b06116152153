import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src-main/data/decodeImage.ts';

/*
 * Two rows of three pixels. Files of these and other kinds that Pillow 12 wrote decode to its own pixels, to within 1
 * where samples have fewer than 8 bits.
 */
const width = 3;
const rows = [
  [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ],
  [
    [8, 16, 24],
    [100, 100, 100],
    [255, 255, 255],
  ],
] as const;
const pixels = rows.flat(2);
const grey = [0, 50, 100, 150, 200, 250];

async function decoded(file: Uint8Array | string): Promise<number[]> {
  const image = await decodeBytes(typeof file === 'string' ? Buffer.from(file, 'latin1') : file);
  expect([image.width, image.height]).toEqual([width, 2]);
  return [...image.data];
}

/** A BMP with a header of 40 bytes, of rows from the bottom up unless `height` is negative. */
function bmp(
  bits: number,
  data: readonly number[][],
  { height = 2, compression = 0, extra = [] as number[] } = {},
) {
  const header = Buffer.alloc(54);
  header.write('BM', 0, 'latin1');
  header.writeUInt32LE(54 + extra.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  const padded = data.map((row) => [...row, ...Array<number>((4 - (row.length % 4)) % 4).fill(0)]);
  return Buffer.concat([header, Buffer.from(extra), Buffer.from(padded.flat())]);
}

const blueFirst = rows.map((row) => row.flatMap(([red, green, blue]) => [blue, green, red]));
const le16 = (values: readonly number[]) => values.flatMap((value) => [value & 255, value >> 8]);
const le32 = (values: readonly number[]) =>
  values.flatMap((value) => [...le16([value & 0xffff]), ...le16([value >>> 16])]);

describe('BMP', () => {
  it('of 24 bits, from the bottom up and from the top down', async () => {
    expect(await decoded(bmp(24, blueFirst.toReversed()))).toEqual(pixels);
    expect(await decoded(bmp(24, blueFirst, { height: -2 }))).toEqual(pixels);
  });

  it('of 32 bits, the fourth byte unused', async () => {
    const wide = rows.map((row) => row.flatMap(([red, green, blue]) => [blue, green, red, 7]));
    expect(await decoded(bmp(32, wide.toReversed()))).toEqual(pixels);
  });

  it('of 32 bits with masks in another order', async () => {
    const words = rows.map((row) => le32(row.map(([red, green, blue]) => red + green * 256 + blue * 65_536)));
    const masks = le32([0xff, 0xff00, 0xff0000]);
    expect(await decoded(bmp(32, words.toReversed(), { compression: 3, extra: masks }))).toEqual(pixels);
  });

  it('of 16 bits, five of each colour', async () => {
    const words = [le16([0x7c00, 0x03e0, 0x001f]), le16([0, 0x7fff, 0x4210])];
    expect(await decoded(bmp(16, words.toReversed()))).toEqual([
      ...[255, 0, 0, 0, 255, 0, 0, 0, 255],
      ...[0, 0, 0, 255, 255, 255, 132, 132, 132],
    ]);
  });

  it('with a palette of 8, 4 and 1 bits', async () => {
    const palette = [1, 2, 3, 0, 4, 5, 6, 0];
    const expected = [3, 2, 1, 6, 5, 4, 3, 2, 1, 6, 5, 4, 3, 2, 1, 6, 5, 4];
    const all = (bits: number, lines: number[][]) => {
      const extra = [...palette, ...Array<number>(4 * 2 ** bits - 8).fill(0)];
      return decoded(bmp(bits, lines.toReversed(), { extra }));
    };
    expect(
      await all(8, [
        [0, 1, 0],
        [1, 0, 1],
      ]),
    ).toEqual(expected);
    expect(
      await all(4, [
        [0x01, 0x00],
        [0x10, 0x10],
      ]),
    ).toEqual(expected);
    expect(await all(1, [[0b01000000], [0b10100000]])).toEqual(expected);
  });

  it('is refused if compressed or cut off', async () => {
    await expect(decoded(bmp(8, [], { compression: 1 }))).rejects.toMatchObject({
      finding: { code: 'unsupported-samples' },
    });
    await expect(decoded(bmp(24, blueFirst.slice(1)))).rejects.toMatchObject({
      finding: { code: 'truncated' },
    });
  });
});

describe('PNM', () => {
  it('of bytes and of text, with comments', async () => {
    expect(
      await decoded(Buffer.concat([Buffer.from('P6\n# made here\n3 2\n255\n'), Buffer.from(pixels)])),
    ).toEqual(pixels);
    expect(await decoded(`P3 3 2 # size\n255\n${pixels.join(' ')}\n`)).toEqual(pixels);
  });

  it('of grey, up to another white, and of 16 bits with the high byte first', async () => {
    const threefold = grey.flatMap((value) => [value, value, value]);
    expect(await decoded(`P2\n3 2\n255\n${grey.join('\n')}`)).toEqual(threefold);
    const fifths = Buffer.from(grey.map((value) => value / 50));
    expect(await decoded(Buffer.concat([Buffer.from('P5 3 2 5\n'), fifths]))).toEqual(
      grey.map((value) => (value / 250) * 255).flatMap((value) => [value, value, value]),
    );
    const words = Buffer.from(grey.flatMap((value) => [value, value]));
    expect(await decoded(Buffer.concat([Buffer.from('P5 3 2 65535\n'), words]))).toEqual(threefold);
  });

  it('of bits, of which 1 is black', async () => {
    const expected = [0, 255, 0, 255, 0, 255].flatMap((value) => [value, value, value]);
    expect(await decoded('P1\n3 2\n101\n0 1 0\n')).toEqual(expected);
    expect(
      await decoded(Buffer.concat([Buffer.from('P4\n3 2\n'), Buffer.from([0b10100000, 0b01000000])])),
    ).toEqual(expected);
  });

  it('is refused if cut off, without a size, or too large', async () => {
    const cases = {
      'P6 3 2 255\nabc': 'truncated',
      'P3 3 2 255\n1 2': 'truncated',
      'P5 x': 'broken',
      'P5 99999 99999 255\n': 'too-large',
    };
    for (const [file, code] of Object.entries(cases)) {
      await expect(decoded(file)).rejects.toMatchObject({ finding: { code } });
    }
  });
});
