import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashOfFile } from '../../src-main/foundation/hashOfFile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

test('the checksum is SHA-256', async () => {
  const path = join(temporaryFolder(), 'abc');
  writeFileSync(path, 'abc');
  // FIPS 180-4, the example of one block.
  expect(await hashOfFile(path)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('a file larger than what is read at once is hashed as a whole', async () => {
  const path = join(temporaryFolder(), 'large');
  const content = Buffer.alloc(2_500_000, 'not the same in every part ');
  writeFileSync(path, content);
  const told: number[] = [];
  const hash = await hashOfFile(path, { onRead: (done) => told.push(done) });
  expect(hash).toBe(createHash('sha256').update(content).digest('hex'));
  expect(told).toEqual([1 << 20, 2 << 20, 2_500_000]);
});

test('a signal ends it with its reason', async () => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'abc');
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(hashOfFile(path, { signal })).rejects.toThrow('enough');
});
