import { describe, expect, it } from 'vitest';
import { appended, pointsOf, stepsWithin, withDetail } from '../../../src-renderer/charts/points.ts';

function series(steps: number[]) {
  return {
    name: 'train/loss',
    steps,
    epochs: steps.map((step) => step / 10),
    seconds: steps.map((step) => 2 * step),
    values: steps.map((step) => 1 / step),
  };
}

describe('a series that grows', () => {
  it('takes only what is later', () => {
    expect(appended(series([1, 2, 3]), series([3, 4]))).toEqual(series([1, 2, 3, 4]));
    expect(appended(undefined, series([3, 4]))).toEqual(series([3, 4]));
  });

  it('is the same where nothing is later', () => {
    const known = series([1, 2, 3]);
    expect(appended(known, series([2, 3]))).toBe(known);
    expect(appended(known, series([]))).toBe(known);
  });
});

describe('a stretch in detail', () => {
  const thinned = series([1, 10, 20, 30]);

  it('takes the place of the thinned points, and of no others', () => {
    expect(withDetail(thinned, series([10, 12, 14, 20]))).toEqual(series([1, 10, 12, 14, 20, 30]));
    expect(withDetail(thinned, series([8, 9, 11]))).toEqual(series([1, 8, 9, 11, 20, 30]));
    expect(withDetail(thinned, series([25, 30, 31]))).toEqual(series([1, 10, 20, 25, 30, 31]));
    expect(withDetail(thinned, series([1, 2]))).toEqual(series([1, 2, 10, 20, 30]));
  });

  it('may be beyond the end, or empty', () => {
    expect(withDetail(thinned, series([31, 32]))).toEqual(series([1, 10, 20, 30, 31, 32]));
    expect(withDetail(thinned, series([]))).toBe(thinned);
  });
});

it('reads the steps of a part of any axis, with a point to each side', () => {
  const one = [series([10, 20, 30, 40, 50])];
  expect(stepsWithin(one, 'step', { min: 25, max: 35 })).toEqual({ fromStep: 20, toStep: 40 });
  expect(stepsWithin(one, 'epoch', { min: 1.5, max: 2.5 })).toEqual({ fromStep: 10, toStep: 30 });
  expect(stepsWithin(one, 'time', { min: 90, max: 500 })).toEqual({ fromStep: 40, toStep: 50 });
  expect(stepsWithin(one, 'epoch', { min: 1.5, max: 2.5 }, 20)).toEqual({ fromStep: 20, toStep: 50 });
  expect(stepsWithin(one, 'step', { min: 60, max: 70 })).toBeNull();
});

it('shows a series over each axis', () => {
  expect(pointsOf(series([10]), 'step')).toEqual({ x: [10], y: [0.1] });
  expect(pointsOf(series([10]), 'epoch')).toEqual({ x: [1], y: [0.1] });
  expect(pointsOf(series([10]), 'epoch', 40)).toEqual({ x: [0.25], y: [0.1] });
  expect(pointsOf(series([10]), 'time')).toEqual({ x: [20], y: [0.1] });
  expect(pointsOf(undefined, 'step')).toEqual({ x: [], y: [] });
});
