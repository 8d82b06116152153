import { expect, test } from 'vitest';
import { matching } from '../../../src-renderer/shell/matching.ts';

test('every word has to be there, in any order and in any case', () => {
  const titles = ['Window Theme: dark', 'Go to Tables', 'Tables Table 3'];
  const search = (text: string) => matching(titles, (title) => title, text);
  expect(search('')).toEqual(titles);
  expect(search('  DARK theme ')).toEqual(['Window Theme: dark']);
  expect(search('table 3')).toEqual(['Tables Table 3']);
  expect(search('theme 3')).toEqual([]);
});
