import { expect, it } from 'vitest';
import { tagsOf } from '../../../../src-renderer/shared/runs/tags.ts';

it('reads tags once each, without blanks and empty ones, at most twenty', () => {
  expect(tagsOf(' a, b ,,a,  c d ')).toEqual(['a', 'b', 'c d']);
  expect(tagsOf(Array.from({ length: 30 }, (_, index) => `t${index}`).join())).toHaveLength(20);
  expect(tagsOf('x'.repeat(60))[0]).toHaveLength(50);
});
