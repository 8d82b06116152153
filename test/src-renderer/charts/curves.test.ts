import { describe, expect, it } from 'vitest';
import { allXs, nearestIndex, nearestX, xExtent, xText } from '../../../src-renderer/charts/curves.ts';
import type { ChartSeries } from '../../../src-renderer/charts/curves.ts';
import { seriesStyle } from '../../../src-renderer/charts/palette.ts';

function series(x: number[], y: number[] = x): ChartSeries {
  return { id: x.join(), label: 'loss', style: seriesStyle(0), points: { x, y } };
}

describe('the nearest point', () => {
  it('is that of a linear search, for any place', () => {
    const xs = [1, 4, 4.5, 10, 11, 40];
    for (let x = -3; x < 50; x += 0.31) {
      const distances = xs.map((value) => Math.abs(value - x));
      expect(distances[nearestIndex(xs, x)]).toBe(Math.min(...distances));
    }
  });

  it('is none where there is none', () => {
    expect(nearestIndex([], 3)).toBe(-1);
    expect(nearestX([series([])], 3)).toBeNull();
  });

  it('may be of any series', () => {
    expect(nearestX([series([0, 10]), series([4])], 5)).toBe(4);
  });
});

it('spans and merges the axis over all series', () => {
  const both = [series([2, 5, 9]), series([]), series([1, 5])];
  expect(xExtent(both)).toEqual({ min: 1, max: 9 });
  expect(xExtent([series([])])).toBeUndefined();
  expect(allXs(both)).toEqual([1, 2, 5, 9]);
});

it('writes a place as the axis counts it', () => {
  expect(xText('step', 12_345)).toBe('12,345');
  expect(xText('epoch', 1.23456)).toBe('1.23');
  expect(xText('time', 200)).toBe('3 min 20 s');
});
