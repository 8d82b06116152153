import { expect, it } from 'vitest';
import { entryAfter } from '../../../../src-renderer/shared/files/folderKeys.ts';

it.each([
  ['ArrowDown', 3, 4],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 0, 0],
  ['PageDown', 95, 99],
  ['PageUp', 3, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
])('%s goes from entry %i of 100 to %i', (key, from, to) => {
  expect(entryAfter(key, from, 100)).toBe(to);
});

it('leaves other keys alone, and all where nothing is listed', () => {
  expect(entryAfter('a', 3, 100)).toBeUndefined();
  expect(entryAfter('ArrowDown', 0, 0)).toBeUndefined();
});
