import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadPreset } from '../../src-main/studies/preset.ts';
import { manualOf, manualPath } from './manual.ts';

it('the manual has the commands and keys that the program has: npm run docs:manual writes them', async () => {
  const text = readFileSync(manualPath, 'utf8');
  expect(await manualOf(text)).toBe(text);
});

it('the manual and the preset small say the same of its time', () => {
  const row = readFileSync(manualPath, 'utf8')
    .split('\n')
    .find((line) => line.startsWith('| `small`'));
  const [time = ''] = row?.match(/about an hour[^|]*/) ?? [];
  expect(time).toMatch(/AVX-512/);
  expect(loadPreset('small').description).toContain(time.trim());
});
