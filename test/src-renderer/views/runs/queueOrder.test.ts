import { expect, it } from 'vitest';
import { entryToPutBefore } from '../../../../src-renderer/views/runs/queueOrder.ts';

it.each([
  ['b', 0, 'a'],
  ['b', 2, 'd'],
  ['b', 3, null],
  ['d', 1, 'b'],
] as const)('moves %s to place %i by putting it before %s', (entry, place, before) => {
  expect(entryToPutBefore(['a', 'b', 'c', 'd'], entry, place)).toBe(before);
});
