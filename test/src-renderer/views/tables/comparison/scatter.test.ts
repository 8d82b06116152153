import { expect, it } from 'vitest';
import { placeScatter } from '../../../../../src-renderer/views/tables/comparison/scatter.ts';

const point = (label: string, x: number, y: number, deviation: number | null = null) => ({
  label,
  x,
  y,
  deviation,
});

it('places x by its logarithm and lets lower errors stand lower', () => {
  const { points } = placeScatter([point('a', 1e6, 30), point('b', 1e7, 20), point('c', 1e8, 10)], 200, 100);
  const [a, b, c] = points;
  // 15 % of the two decades to each side: 0.3 of 2.6, then 1.3 and 2.3.
  expect(a?.left).toBeCloseTo((0.3 / 2.6) * 200, 10);
  expect(b?.left).toBeCloseTo(100, 10);
  expect(c?.left).toBeCloseTo((2.3 / 2.6) * 200, 10);
  expect(b?.top).toBeCloseTo(50, 10);
  expect(a?.top).toBeLessThan(c?.top ?? 0);
  expect([a?.labelLeft, c?.labelLeft]).toEqual([false, true]);
});

it('keeps bars of deviations within the frame, and labels apart', () => {
  const { points, yTicks } = placeScatter([point('a', 10, 20, 5), point('b', 10, 20.1)], 100, 100);
  const [a, b] = points;
  expect(a?.barTop).toBeGreaterThanOrEqual(0);
  expect(a?.barBottom).toBeLessThanOrEqual(100);
  expect(Math.abs((a?.labelTop ?? 0) - (b?.labelTop ?? 0))).toBeGreaterThanOrEqual(15);
  expect(yTicks.map(({ value }) => value)).toEqual([15, 20, 25]);
});

it('ticks decades at 1, 2 and 5', () => {
  const { xTicks } = placeScatter([point('a', 1e6, 1), point('b', 1e7, 2)], 100, 100);
  expect(xTicks.map(({ value }) => value)).toEqual([1e6, 2e6, 5e6, 1e7]);
});

it('holds where all errors are the same, and where there is nothing', () => {
  expect(placeScatter([point('a', 5, 90), point('b', 5, 90)], 100, 100).points[0]).toMatchObject({
    left: 50,
    top: 50,
  });
  expect(placeScatter([], 100, 100)).toEqual({ points: [], xTicks: [], yTicks: [] });
});
