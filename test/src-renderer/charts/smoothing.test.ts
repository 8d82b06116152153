import { expect, it } from 'vitest';
import { smooth } from '../../../src-renderer/charts/smoothing.ts';

it('weighs earlier values by powers of the weight, worked out by hand', () => {
  // 0.5·y₁/0.5; (0.25·y₁ + 0.5·y₂)/0.75; (0.125·y₁ + 0.25·y₂ + 0.5·y₃)/0.875
  expect(smooth([4, 1, 2], 0.5)).toEqual([4, 2, (0.5 + 0.25 + 1) / 0.875]);
});

it('is the weighted mean over all values so far', () => {
  const values = Array.from({ length: 200 }, (_, i) => Math.sin(i) + 0.01 * i);
  const weight = 0.93;
  const smoothed = smooth(values, weight);
  for (const n of [1, 7, 200]) {
    let sum = 0;
    let weights = 0;
    for (let i = 0; i < n; i++) {
      const share = weight ** (n - 1 - i);
      sum += share * (values[i] ?? NaN);
      weights += share;
    }
    expect(smoothed[n - 1]).toBeCloseTo(sum / weights, 12);
  }
});

it('leaves values that are not finite where they are and does not count them', () => {
  expect(smooth([4, NaN, 1, Infinity, 2], 0.5)).toEqual([4, NaN, 2, Infinity, smooth([4, 1, 2], 0.5)[2]]);
});

it('leaves a constant series alone, which rounding would not', () => {
  expect(smooth([0.1, 0.1, NaN, 0.1], 0.9)).toEqual([0.1, 0.1, NaN, 0.1]);
  expect(smooth([3, 1], 0)).toEqual([3, 1]);
  expect(smooth([], 0.9)).toEqual([]);
});
