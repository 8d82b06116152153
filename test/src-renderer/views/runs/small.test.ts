import { expect, it } from 'vitest';
import { beforeWhich } from '../../../../src-renderer/views/runs/queueOrder.ts';
import { tagsOf } from '../../../../src-renderer/shared/runs/tags.ts';

it('reads tags once each, without blanks and empty ones, at most twenty', () => {
  expect(tagsOf(' a, b ,,a,  c d ')).toEqual(['a', 'b', 'c d']);
  expect(tagsOf(Array.from({ length: 30 }, (_, index) => `t${index}`).join())).toHaveLength(20);
  expect(tagsOf('x'.repeat(60))[0]).toHaveLength(50);
});

it.each([
  ['b', 0, 'a'],
  ['b', 2, 'd'],
  ['b', 3, null],
  ['d', 1, 'b'],
] as const)('moves %s to place %i by putting it before %s', (entry, place, before) => {
  expect(beforeWhich(['a', 'b', 'c', 'd'], entry, place)).toBe(before);
});
