import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lastLines } from '../../../src-main/runs/folder/lastLines.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

it.each([1, 3, 5000, 20_000])('gives the last %i of 10,000 lines, long ones too', (count) => {
  const path = join(temporaryFolder(), 'log.txt');
  const lines = Array.from({ length: 10_000 }, (_, index) => `${index} ${'ä'.repeat(index % 700)}`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  expect(lastLines(path, count)).toEqual(lines.slice(-count));
});

it('has none where there is no file', () => {
  expect(lastLines(join(temporaryFolder(), 'log.txt'), 5)).toEqual([]);
});
