import { expect, it } from 'vitest';
import { differenceWords } from '../../../../src-renderer/views/compare/differenceWords.ts';

it('says who errs less only where the whole interval says so', () => {
  expect(differenceWords({ low: -4, high: -1, images: 1000 }, 'B', 'C')).toContain('B errs less than C');
  expect(differenceWords({ low: 1, high: 4, images: 1000 }, 'B', 'C')).toContain('C errs less than B');
  expect(differenceWords({ low: -1, high: 0.5, images: 1000 }, 'B', 'C')).toContain('do not show');
});
