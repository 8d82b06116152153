import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';
import { generator } from '../support/randomBytes.ts';
import { openWeights } from '../../src-main/weights/openWeights.ts';
import { foreignFile, foreignNets } from './foreign.ts';

const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Opens a file and reads all of it. Whatever is wrong must be said by an error of the workbench. */
async function readAll(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  try {
    const file = await openWeights(path);
    try {
      for (const [name, { shape }] of file.tensors) {
        // What reads weights asks only for shapes that fit its net.
        if (shape.reduce((product, extent) => product * extent, 1) < 1e7) file.read(name);
      }
      return 'read';
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof WorkbenchError) return error.code;
    throw error;
  }
}

const codes = ['weights-damaged', 'weights-corrupt', 'weights-unknown', 'weights-refused'];

/** After a damaged HDF5 file its library is made anew, which takes a tenth of a second: of these there are fewer. */
const fewer = (most: number, name: string) => (name.endsWith('.h5') ? Math.ceil(most / 5) : most);

describe.each(foreignNets)('$name', ({ name }) => {
  const whole = readFileSync(foreignFile(name));

  it('cut short anywhere is refused', async () => {
    const lengths = [
      1,
      8,
      9,
      40,
      300,
      2000,
      ...[0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(part * whole.length)),
    ];
    const tried = [...lengths, whole.length - 1].reverse();
    for (const length of tried.slice(0, fewer(tried.length, name))) {
      expect(codes, `${length} bytes`).toContain(await readAll(whole.subarray(0, length)));
    }
  });

  it('with wrong bytes in it is refused, or holds other values', async () => {
    const random = generator(7);
    for (let attempt = 0; attempt < fewer(40, name); attempt++) {
      const wrong = Buffer.from(whole);
      // Most of what tells the structure stands at the beginning or the end.
      const places = [200, 4000, whole.length, -3000][attempt % 4] ?? whole.length;
      for (let count = 0; count < 4; count++) {
        const place = Math.floor(random() * places);
        wrong[place < 0 ? whole.length + place : place] = Math.floor(random() * 256);
      }
      expect([...codes, 'read'], `attempt ${attempt}`).toContain(await readAll(wrong));
    }
  });
});

it('random bytes behind each beginning are refused', async () => {
  const random = generator(3);
  const beginnings = [
    ['of.h5', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['of.pth', [0x50, 0x4b, 3, 4]],
    ['of.caffemodel', [0x0a]],
    ['of.caffemodel', [0x12]],
    ['of.safetensors', [8, 0, 0, 0, 0, 0, 0, 0, 0x7b]],
  ] as const;
  for (const [name, beginning] of beginnings) {
    for (let attempt = 0; attempt < fewer(30, name); attempt++) {
      const bytes = Uint8Array.from({ length: 3000 }, () => Math.floor(random() * 256));
      bytes.set(beginning);
      expect(codes).toContain(await readAll(bytes));
    }
  }
});
