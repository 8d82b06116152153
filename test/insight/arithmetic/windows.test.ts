import { expect, it } from 'vitest';
import { greatestOf, valuesIn, windowOf, type Maps } from '../../../src-main/insight/arithmetic/windows.ts';

/** Two channels of 2 rows and 3 columns: 1 to 6, and their negatives. */
const maps: Maps = {
  shape: [2, 3, 2],
  values: Float32Array.from([1, 2, 3, 4, 5, 6].flatMap((value) => [value, -value])),
};

it('a window at the border has nothing where padding is', () => {
  const window = windowOf({ side: 3, stride: 1, padding: 1 }, { row: 0, column: 0 });
  expect(window).toEqual({ row: -1, column: -1, side: 3 });
  expect(valuesIn(maps, window, 0)).toEqual([null, null, null, null, 1, 2, null, 4, 5]);
  expect(valuesIn(maps, window, 1)).toEqual([null, null, null, null, -1, -2, null, -4, -5]);
});

it('a stride moves the window by so many cells', () => {
  const window = windowOf({ side: 2, stride: 2, padding: 0 }, { row: 0, column: 1 });
  expect(valuesIn(maps, window, 0)).toEqual([3, null, 6, null]);
});

it('padding is never the greatest of a window, not even where all else is negative', () => {
  expect(greatestOf([null, -4, null, -2])).toBe(-2);
});
