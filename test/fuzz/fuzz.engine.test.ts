import { describe, expect, test } from 'vitest';
import { caseOf, whatWentWrong } from './fuzzCase.ts';
import { drawFrom, mutated } from './mutate.ts';
import { parsers } from './parsers.ts';

/* A few fixed cases of what `npm run fuzz` does with new ones for as long as one likes. */

/** A few seconds in all: an HDF5 file, or a database made anew for each case, takes a tenth of a second. */
const slow = new Set(['h5', 'run folder', 'archive', 'database']);
const cases = (name: string) => (slow.has(name) ? 4 : 20);

describe.each(Object.entries(parsers))('damaged files: %s', (name, parser) => {
  test('give values or errors for people', async () => {
    const seeds = await parser.seeds();
    for (let index = 0; index < cases(name); index++) {
      expect(await whatWentWrong(parser, caseOf(seeds, 1, index)), `case ${index}`).toBeUndefined();
    }
  });

  test('are damaged versions of whole ones, which can be read', async () => {
    for (const files of await parser.seeds()) {
      const [[changed = '', bytes] = []] = files;
      expect(
        await whatWentWrong(parser, { files, changed, bytes: bytes ?? Buffer.alloc(0) }),
      ).toBeUndefined();
    }
  });
});

test('a case is the same for the same seed and number, and another for another', () => {
  const seeds = [new Map([['a', Buffer.alloc(64, 'whole ')]])];
  const text = (seed: number, index: number) => caseOf(seeds, seed, index).bytes.toString('hex');
  expect(text(1, 2)).toBe(text(1, 2));
  expect(new Set([text(1, 2), text(1, 3), text(2, 2), Buffer.alloc(64, 'whole ').toString('hex')]).size).toBe(
    4,
  );
});

test('a file of any size can be damaged', () => {
  for (let size = 0; size < 12; size++) {
    for (let seed = 0; seed < 50; seed++)
      expect(mutated(Buffer.alloc(size), drawFrom(seed))).toBeInstanceOf(Buffer);
  }
});
