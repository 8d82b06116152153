import { expect, it } from 'vitest';
import { meanAndDeviation, meanText, median } from '../../src-main/vocabulary/statistics.ts';

it('divides by one less than there are values', () => {
  expect(meanAndDeviation([1, 3])).toEqual({ mean: 2, deviation: Math.SQRT2 });
  expect(meanAndDeviation([5])).toEqual({ mean: 5, deviation: null });
});

it('names a deviation only where there is one', () => {
  expect(meanText({ mean: 52.8, deviation: null })).toBe('52.80');
  expect(meanText({ mean: 52.8, deviation: 1.234 })).toBe('52.80 ± 1.23');
});

it('has the median in the middle, or between the two there', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
});
