import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Dataset } from '../../src-main/data/dataset.ts';
import {
  digestOf,
  earlierFingerprintOf,
  fingerprintOf,
  isFingerprintOf,
} from '../../src-main/data/fingerprint.ts';

const original = { name: 'a/1.jpg', label: 0, content: 'x' };

function dataset(changes: Partial<typeof original & { classes: string[] }> = {}): Dataset {
  const { name, label, content } = { ...original, ...changes };
  const bytes = Buffer.from(content);
  const source = { kind: 'file' as const, path: '', bytes: bytes.length };
  const val = [{ name, label, source, digest: digestOf(bytes) }];
  return { name: 'set', classes: changes.classes ?? ['a', 'b'], train: [], val, structure: [] };
}

it.each([
  ['a name', { name: 'a/2.jpg' }],
  ['a label', { label: 1 }],
  ['the order of the classes', { classes: ['b', 'a'] }],
  ['the content, its size kept', { content: 'y' }],
])('the fingerprint changes with %s', (_, changes) => {
  expect(fingerprintOf(dataset())).toBe(fingerprintOf(dataset()));
  expect(fingerprintOf(dataset(changes))).not.toBe(fingerprintOf(dataset()));
});

it('a fingerprint that a version up to 0.2.0 kept is still known, by what it was made of', () => {
  // As that version wrote it: classes, then a line for each image of name, label and size.
  const kept = createHash('sha256').update('["a","b"]\ntrain\nval\na/1.jpg\t0\t1').digest('hex').slice(0, 32);
  expect(earlierFingerprintOf(dataset())).toBe(kept);
  expect(isFingerprintOf(kept, dataset())).toBe(true);
  expect(isFingerprintOf(kept, dataset({ content: 'xx' }))).toBe(false);
  expect(isFingerprintOf(fingerprintOf(dataset()), dataset({ content: 'y' }))).toBe(false);
});

it('a digest has 96 bits of the SHA-256', () => {
  expect(digestOf(Buffer.from('abc'))).toBe(
    Buffer.from('ba7816bf8f01cfea414140de', 'hex').toString('base64url'),
  );
});
