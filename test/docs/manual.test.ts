import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { manualOf, manualPath } from './manual.ts';

it('the manual has the commands and keys that the program has: npm run docs:manual writes them', async () => {
  const text = readFileSync(manualPath, 'utf8');
  expect(await manualOf(text)).toBe(text);
});
