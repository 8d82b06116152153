import { expect, it } from 'vitest';
import { labelPlaces } from '../../../src-renderer/charts/overlay.ts';

const chart = { top: 0, bottom: 200 };

it('writes above each line, below one at the top of the chart', () => {
  expect(labelPlaces([10, 100], chart)).toEqual([24, 95]);
});

it('moves texts apart that would cover one another, and keeps them in the chart', () => {
  expect(labelPlaces([100, 101, 103], chart)).toEqual([95, 107, 119]);
  expect(labelPlaces([195, 196, 197], chart)).toEqual([176, 188, 200]);
});
