import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ArchiveReader } from '../../src-main/exchange/archive/ArchiveReader.ts';
import { openWeights } from '../../src-main/weights/openWeights.ts';
import { referenceFolder } from '../support/golden.ts';

const folder = mkdtempSync(join(tmpdir(), 'bounds-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(name: string, ...parts: readonly Uint8Array[]): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

async function refusal(path: string): Promise<string> {
  try {
    (await openWeights(path)).close();
    return 'opened';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a zip file whose 64-bit numbers', () => {
  const whole = readFileSync(join(referenceFolder, 'wild', 'key-nested.pth'));
  const end = whole.subarray(whole.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1')));
  const before = whole.subarray(0, whole.length - end.length);
  const long = (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    return bytes;
  };
  const record = (entries: bigint, directory: bigint) =>
    Buffer.concat([
      Buffer.from('PK\u0006\u0006', 'latin1'),
      Buffer.alloc(28),
      long(entries),
      long(0n),
      long(directory),
    ]);
  const locator = (at: bigint) =>
    Buffer.concat([Buffer.from('PK\u0006\u0007', 'latin1'), Buffer.alloc(4), long(at), Buffer.alloc(4)]);

  it.each([
    ['point outside it', [locator(2n ** 60n)], 'its directory lies outside the file'],
    [
      'put the directory outside it',
      [record(1n, 2n ** 63n), locator(BigInt(before.length))],
      'its directory lies outside the file',
    ],
    [
      'claim more entries than it has room for',
      [record(2n ** 40n, 0n), locator(BigInt(before.length))],
      'its directory claims more entries than there is room for',
    ],
  ])('%s is refused, as weights and as an archive', async (name, parts, fact) => {
    const path = written(name, before, ...parts, end);
    expect(await refusal(path)).toContain(fact);
    await expect(ArchiveReader.open(path)).rejects.toMatchObject({
      code: 'archive-damaged',
      message: expect.stringContaining(fact) as unknown,
    });
  });
});

describe('a .caffemodel', () => {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
  const field = (number: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(content.length)]), content]);
  const layer = (...blobs: Uint8Array[]) =>
    Buffer.concat([
      field(1, Buffer.from('VGG')),
      field(100, Buffer.concat([field(1, Buffer.from('conv')), ...blobs.map((blob) => field(7, blob))])),
    ]);
  const shape = (extents: Uint8Array) => field(7, extents);
  const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
  const doubles = (...values: number[]) => Buffer.from(Float64Array.from(values).buffer);
  const oneByTwo = shape(field(1, Buffer.from([1, 2])));

  it.each([
    [
      'more than four blobs in a layer',
      layer(...Array.from({ length: 5 }, () => Buffer.alloc(0))),
      '4 blobs',
    ],
    ['more than eight extents, packed', layer(shape(field(1, Buffer.alloc(9, 1)))), '8 extents'],
    [
      'more than eight extents, one by one',
      layer(shape(Buffer.from(Array.from({ length: 9 }, () => [8, 1]).flat()))),
      '8 extents',
    ],
    [
      'values in several parts',
      layer(Buffer.concat([oneByTwo, field(5, floats(1, 2)), field(5, floats(1, 2))])),
      'several parts',
    ],
  ])('with %s is refused', async (name, bytes, fact) => {
    expect(await refusal(written(name, bytes))).toContain(fact);
  });

  it.each([
    ['float32', Buffer.concat([oneByTwo, field(5, floats(0.5, -3))])],
    ['float64', Buffer.concat([oneByTwo, field(8, doubles(0.5, -3))])],
    [
      'float32, each value behind its tag',
      Buffer.concat([oneByTwo, Buffer.from([45]), floats(0.5), Buffer.from([45]), floats(-3)]),
    ],
  ])('of %s is read', async (name, blob) => {
    const file = await openWeights(written(name, layer(blob)));
    expect(file.tensors.get('conv.weight')?.shape).toEqual([1, 2]);
    expect([...file.read('conv.weight')]).toEqual([0.5, -3]);
    file.close();
  });
});

describe('a safetensors file', () => {
  const file = (name: string, header: string, values = 0) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
    return written(name, length, Buffer.from(header), Buffer.alloc(values));
  };
  const entry = (name: string, begin: number, end: number) =>
    `"${name}":{"dtype":"F32","shape":[${(end - begin) / 4}],"data_offsets":[${begin},${end}]}`;

  it.each([
    ['overlaps', `{${entry('a', 0, 8)},${entry('b', 4, 12)}}`, 12, 'the values of b overlap'],
    ['a hole', `{${entry('a', 0, 4)},${entry('b', 8, 12)}}`, 12, '4 bytes of no tensor before b'],
    ['bytes at its end', `{${entry('a', 0, 4)}}`, 8, '4 bytes of no tensor at its end'],
    ['a name twice', `{${entry('a', 0, 4)},${entry('a', 0, 4)}}`, 4, 'a is in it twice'],
    ['a name twice, once escaped', `{${entry('a', 0, 4)},${entry('\\u0061', 0, 4)}}`, 4, 'a is in it twice'],
    ['values outside it', `{${entry('a', 0, 400)}}`, 4, 'the values of a lie outside the file'],
    ['a header of 11 MB', `{${' '.repeat(11_000_000)}}`, 0, 'its header has 11000002 bytes'],
    [
      'too many tensors',
      `{${Array.from({ length: 100_001 }, (_, index) => entry(String(index), 0, 0)).join(',')}}`,
      0,
      'more than 100000 tensors',
    ],
  ])('with %s is refused', async (name, header, values, fact) => {
    expect(await refusal(file(name, header, values))).toContain(fact);
  });

  it('may state that it has no metadata, and hold tensors of no values', async () => {
    const path = file('null', `{"__metadata__":null,${entry('none', 0, 0)},${entry('a', 0, 8)}}`, 8);
    const opened = await openWeights(path);
    expect([...opened.read('a')]).toEqual([0, 0]);
    expect(opened.metadata).toEqual({});
    opened.close();
  });
});
