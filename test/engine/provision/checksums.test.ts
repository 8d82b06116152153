import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { damagedFiles, haveTheirSizes, withChecksums } from '../../../src-main/engine/provision/checksums.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

test('damage that leaves a file its size is found by the checksum alone', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'lib'));
  for (const name of ['a', 'b']) writeFileSync(join(folder, 'lib', name), 'content');
  const files = ['lib/a', 'lib/b'].map((path) => ({ path, bytes: 7 }));
  const summed = await withChecksums(folder, files);
  expect(await damagedFiles(folder, summed)).toEqual([]);
  writeFileSync(join(folder, 'lib', 'b'), 'con\0ent');
  expect(haveTheirSizes(folder, summed)).toBe(true);
  expect(await damagedFiles(folder, summed)).toEqual(['lib/b']);
  // Of an earlier version, nothing is known of the content.
  expect(await damagedFiles(folder, files)).toEqual([]);
  writeFileSync(join(folder, 'lib', 'b'), 'conten');
  expect(haveTheirSizes(folder, summed)).toBe(false);
  expect(haveTheirSizes(folder, [{ path: 'lib', bytes: 4096 }])).toBe(false);
});
