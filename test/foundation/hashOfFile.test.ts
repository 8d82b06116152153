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
