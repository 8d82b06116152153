import { expect, it } from 'vitest';
import type { ChartSeries } from '../../../../src-renderer/charts/curves.ts';
import { seriesStyle } from '../../../../src-renderer/charts/palette.ts';
import { chanceLevel, stallMarks } from '../../../../src-renderer/shared/runs/stallMarks.ts';

const curve: ChartSeries = {
  id: 'train/loss',
  label: 'training',
  style: seriesStyle(0),
  // Over epochs: a tenth of one each.
  points: { x: [0.1, 0.2, 0.3, 0.4], y: [2.3, 1, 2.31, NaN] },
};
const steps = [10, 20, 30, 40];
const chanceLoss = Math.log(10);

it('marks where a net stalls at the nearest point of the curve, and draws the level it is at', () => {
  const learning = { kind: 'stalled', step: 29, chanceLoss } as const;
  expect(stallMarks(curve, steps, learning)).toMatchObject([{ x: 0.3, y: 2.31, label: 'stalls' }]);
  expect(chanceLevel(learning)).toEqual([{ label: 'chance level 2.30', value: chanceLoss }]);
});

it('marks the last loss that was a number before one that is none', () => {
  const learning = { kind: 'diverged', step: 40, chanceLoss } as const;
  expect(stallMarks(curve, steps, learning)).toMatchObject([{ x: 0.3, y: 2.31, label: 'diverges' }]);
});

it('marks nothing where a net learns or never left chance level', () => {
  expect(stallMarks(curve, steps, { kind: 'learns', step: 20, chanceLoss })).toEqual([]);
  expect(stallMarks(curve, steps, { kind: 'stalled', step: null, chanceLoss })).toEqual([]);
  expect(stallMarks(curve, steps, null)).toEqual([]);
});
