import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checksumKey } from '../../src-main/foundation/checksums.ts';
import {
  SafetensorsFile,
  safetensorsHeader,
  writeSafetensors,
} from '../../src-main/foundation/safetensors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'safetensors-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const values = Float32Array.from({ length: 3000 }, (_, index) => Math.sin(index));
const tensors = [
  { name: 'a.weight', shape: [30, 100], values: () => values },
  { name: 'momentum.a.weight', shape: [3, 1000], values: () => values.map((value) => value / 7) },
  { name: 'nothing', shape: [0, 4], values: () => new Float32Array(0) },
];
const metadata = { state: '{"learningRate":0.01}', 'with "quotes" and ä': '\n' };

function written(): string {
  const path = join(folder, 'file.safetensors');
  writeSafetensors(path, tensors, metadata);
  return path;
}

/** Changes one byte of a file. */
function flip(path: string, position: number, mask: number): void {
  const file = openSync(path, 'r+');
  const byte = new Uint8Array(1);
  readSync(file, byte, 0, 1, position);
  writeSync(
    file,
    byte.map((before) => before ^ mask),
    0,
    1,
    position,
  );
  closeSync(file);
}

async function readAll(path: string): Promise<void> {
  const file = new SafetensorsFile(path);
  try {
    await file.requireIntact();
    for (const name of file.tensors.keys()) file.read(name);
  } finally {
    file.close();
  }
}

const corrupt = (fact: RegExp): unknown =>
  expect.objectContaining({ code: 'weights-corrupt', message: expect.stringMatching(fact) as string });

describe('a file with checksums', () => {
  it("comes back the same, with zlib's CRC-32 of each tensor, its metadata without them", async () => {
    const path = written();
    await readAll(path);
    const file = new SafetensorsFile(path);
    expect(file.metadata).toEqual(metadata);
    expect(file.read('a.weight')).toEqual(values);
    const expected = crc32(Buffer.from(values.buffer)).toString(16).padStart(8, '0');
    expect(file.checksums?.tensors['a.weight']).toBe(expected);
    expect(file.checksums?.tensors.nothing).toBe('00000000');
    file.close();
  });

  it('is refused for any one bit that changes, of a weight, a velocity or the metadata', async () => {
    const path = written();
    const whole = readFileSync(path);
    const file = new SafetensorsFile(path);
    file.close();
    for (const [name, { offset, bytes }] of file.tensors) {
      for (let bit = 0; bit < 8 && bytes > 0; bit++) {
        writeFileSync(path, whole);
        flip(path, offset + ((bit * 997) % bytes), 1 << bit);
        const named = corrupt(new RegExp(`values of ${name.replaceAll('.', '\\.')} `));
        await expect(readAll(path)).rejects.toThrow(named);
        const changed = new SafetensorsFile(path);
        expect(() => changed.read(name)).toThrow(named);
        changed.close();
      }
    }
    writeFileSync(path, whole);
    flip(path, whole.indexOf('0.01') + 3, 2);
    expect(() => new SafetensorsFile(path)).toThrow(corrupt(/metadata/));
  });

  it('is refused if a block was zeroed', async () => {
    const path = written();
    const { offset } = new SafetensorsFile(path).tensors.get('momentum.a.weight') ?? { offset: 0 };
    const file = openSync(path, 'r+');
    writeSync(file, new Uint8Array(4096), 0, 4096, offset + 1000);
    closeSync(file);
    await expect(readAll(path)).rejects.toThrow(corrupt(/momentum\.a\.weight/));
  });

  it('is not the order of its metadata, which another program may write anew', async () => {
    const path = written();
    const whole = readFileSync(path);
    const length = Number(whole.readBigUInt64LE());
    const header = JSON.parse(whole.toString('utf8', 8, 8 + length)) as Record<string, object>;
    const { __metadata__: all, ...entries } = header;
    const reversed = Object.fromEntries(Object.entries(all ?? {}).reverse());
    const text = Buffer.from(JSON.stringify({ ...entries, __metadata__: reversed }, null, 1));
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(text.length));
    writeFileSync(path, Buffer.concat([size, text, whole.subarray(8 + length)]));
    await readAll(path);
  });

  it('with checksums that cannot be read is refused; one without any is read as before', async () => {
    const path = written();
    writeFileSync(
      path,
      Buffer.concat([safetensorsHeader([], { ...metadata, [checksumKey]: '{"metadata":"x"}' })]),
    );
    expect(() => new SafetensorsFile(path)).toThrow(corrupt(/checksums cannot be read/));
    const bytes = tensors.map((tensor) => Buffer.from(tensor.values().buffer));
    writeFileSync(path, Buffer.concat([safetensorsHeader(tensors, metadata), ...bytes]));
    await readAll(path);
    const file = new SafetensorsFile(path);
    expect(file.checksums).toBeNull();
    file.close();
  });
});
