import { expect, it } from 'vitest';
import type { ChartSeries } from '../../../../src-renderer/charts/curves.ts';
import { seriesStyle } from '../../../../src-renderer/charts/palette.ts';
import { groupedCurves } from '../../../../src-renderer/views/compare/groupedCurves.ts';

function curve(id: string, x: number[], y: number[]): ChartSeries {
  return { id, label: id, style: seriesStyle(0), points: { x, y } };
}

it('gives the mean of each group within its least and greatest, as far as each run has come', () => {
  const curves = [
    curve('a1', [0, 1, 2], [4, 2, 0]),
    curve('a2', [0, 2], [8, 4]),
    curve('b1', [0, 1], [1, NaN]),
    curve('a3', [0, 1], [6, 4]),
  ];
  const groups = [
    { name: 'a', ids: ['a1', 'a2', 'a3'], style: seriesStyle(0) },
    { name: 'b', ids: ['b1'], style: seriesStyle(1) },
    { name: 'c', ids: ['c1'], style: seriesStyle(2) },
  ];
  const [a, b, ...others] = groupedCurves(curves, groups);
  expect(others).toEqual([]);
  expect(a).toMatchObject({
    label: 'a (3)',
    // At 1 the second run is halfway between 8 and 4; at 2 the third has not come.
    points: { x: [0, 1, 2], y: [6, 4, 2] },
    band: { low: [4, 2, 0], high: [8, 6, 4] },
  });
  expect(b).toMatchObject({ label: 'b (1)', points: { x: [0, 1], y: [1, NaN] } });
});
