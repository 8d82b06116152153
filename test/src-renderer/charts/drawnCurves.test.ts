import { expect, it } from 'vitest';
import { drawnCurves, firstFrom, yExtent } from '../../../src-renderer/charts/drawnCurves.ts';
import { seriesStyle } from '../../../src-renderer/charts/palette.ts';

const style = seriesStyle(1);
const series = [{ id: 'a', label: 'loss', style, points: { x: [0, 1, 2], y: [1, -1, 3] } }];

it('draws the raw curve faint and first, below a smoothed one', () => {
  const plain = drawnCurves(series, { smoothing: 0, logX: false, logY: false });
  expect(plain.map(({ faint, dash, y }) => [faint, dash, [...y]])).toEqual([[false, style.dash, [1, -1, 3]]]);
  const smoothed = drawnCurves(series, { smoothing: 0.5, logX: false, logY: false });
  expect(smoothed.map(({ faint, dash }) => [faint, dash])).toEqual([
    [true, []],
    [false, style.dash],
  ]);
});

it('draws an exact curve as it is, and once', () => {
  const exact = series.map((one) => ({ ...one, exact: true }));
  const curves = drawnCurves(exact, { smoothing: 0.5, logX: false, logY: false });
  expect(curves.map(({ y }) => [...y])).toEqual([[1, -1, 3]]);
});

it('draws nothing where a logarithmic axis has no place', () => {
  const [raw] = drawnCurves(series, { smoothing: 0.5, logX: true, logY: true });
  expect([...(raw?.x ?? [])]).toEqual([1, 2]);
  expect([...(raw?.y ?? [])]).toEqual([NaN, 3]);
});

it('finds what a part of the axis spans', () => {
  const curves = drawnCurves(
    [{ id: 'a', label: 'loss', style, points: { x: [0, 1, 2, 3, 4], y: [9, 2, NaN, 5, -9] } }],
    { smoothing: 0, logX: false, logY: false },
  );
  expect(yExtent(curves, { min: 1, max: 3 })).toEqual({ min: 2, max: 5 });
  expect(yExtent(curves, { min: -Infinity, max: Infinity })).toEqual({ min: -9, max: 9 });
  expect(yExtent(curves, { min: 1.2, max: 2.8 })).toBeUndefined();
});

it('finds the first of ordered values that is not below a bound', () => {
  const values = Float64Array.of(1, 3, 3, 7);
  expect([0, 1, 2, 3, 7, 8].map((bound) => firstFrom(values, bound))).toEqual([0, 0, 1, 1, 3, 4]);
});
