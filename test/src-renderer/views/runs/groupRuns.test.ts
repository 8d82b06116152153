import { expect, it } from 'vitest';
import { runColumns } from '../../../../src-renderer/views/runs/columns.ts';
import {
  groupRuns,
  hasMean,
  meanCell,
  meanOf,
  sortedGroups,
  varying,
} from '../../../../src-renderer/views/runs/groupRuns.ts';
import { sortedRuns } from '../../../../src-renderer/views/runs/sortRuns.ts';
import type { TrainScale } from '../../../../src-main/workbench/contract.ts';
import { plotAxis } from '../../../../src-renderer/views/runs/plots/plotAxis.ts';
import { sparkPath } from '../../../../src-renderer/views/runs/sparkPath.ts';
import { summary } from '../../shared/runs/summary.ts';

const columnOf = (id: string) => {
  const column = runColumns.find((one) => one.id === id);
  if (!column) throw new Error(`no column ${id}`);
  return column;
};
const runs = [
  summary({ id: 'd1', config: 'D', seed: 1, top1Error: 10 }),
  summary({ id: 'a1', config: 'A', seed: 1, top1Error: 20 }),
  summary({ id: 'a2', config: 'A', seed: 2, top1Error: 24 }),
  summary({ id: 'a3', config: 'A', seed: 3, top1Error: null }),
];

it('puts runs together that agree, in the order of what they agree in', () => {
  const groups = groupRuns(runs, [columnOf('net')]);
  expect(groups.map(({ texts, runs: members }) => [texts, members.map(({ id }) => id)])).toEqual([
    [['A'], ['a1', 'a2', 'a3']],
    [['D'], ['d1']],
  ]);
});

it('takes the mean and the sample deviation over the runs that have a value', () => {
  // (20 + 24) / 2, and √((2² + 2²) / (2 − 1)).
  expect(meanOf(runs.slice(1), columnOf('top1'))).toEqual({ mean: 22, deviation: Math.sqrt(8), count: 2 });
  expect(meanOf(runs.slice(0, 1), columnOf('top1'))).toEqual({ mean: 10, deviation: null, count: 1 });
  expect(meanOf(runs.slice(3), columnOf('top1'))).toBeNull();
});

it('writes a mean as its column does, over the runs that have a finite value', () => {
  expect(meanCell(runs.slice(1), columnOf('top1'))).toEqual({ text: '22.00 ± 2.83', count: 2 });
  const trained = [60, 120].map((seconds) => summary({ seconds }));
  // 90 s, and √(30² + 30²) = 42.4 s.
  expect(meanCell(trained, columnOf('duration'))).toEqual({ text: '1 min 30 s ± 42 s', count: 2 });
  const losses = [summary({ trainLoss: 0.5 }), summary({ trainLoss: NaN })];
  expect(meanCell(losses, columnOf('loss'))).toEqual({ text: '0.5', count: 1 });
  expect(meanCell(runs.slice(3), columnOf('top1'))).toEqual({ text: '–', count: 0 });
});

it('takes no mean of what is a number only to be sorted', () => {
  expect(runColumns.filter(hasMean).map(({ id }) => id)).toEqual(
    expect.arrayContaining(['top1', 'top5', 'loss', 'duration', 'parameters', 'imagesPerSecond']),
  );
  for (const id of ['trainScale', 'testScales', 'seed']) expect(hasMean(columnOf(id))).toBe(false);
});

it('sorts groups by what they agree in, by a mean and by their size; what has no mean last', () => {
  const by = [columnOf('net')];
  const nets = [
    ...runs,
    summary({ id: 'e1', config: 'E', top1Error: null }),
    summary({ id: 'b1', config: 'B', top1Error: 30 }),
  ];
  const order = (column: Parameters<typeof sortedGroups>[2]['column'], descending = false) =>
    sortedGroups(groupRuns(nets, by), by, { column, descending })
      .flatMap(({ texts }) => texts)
      .join('');
  expect(order(undefined)).toBe('ABDE');
  expect(order(columnOf('net'), true)).toBe('EDBA');
  // D 10, A 22, B 30.
  expect(order(columnOf('top1'))).toBe('DABE');
  expect(order(columnOf('top1'), true)).toBe('BADE');
  expect(order('runs', true)).toBe('ABDE');
});

it('tells in which columns runs differ', () => {
  expect(varying(runs, ['net', 'seed', 'dataset'].map(columnOf)).map(({ id }) => id)).toEqual([
    'net',
    'seed',
  ]);
});

it('sorts what is pinned first and what has no value last, whichever way', () => {
  const ids = (descending: boolean) =>
    sortedRuns([...runs, summary({ id: 'p', pinned: true, top1Error: 99 })], {
      column: columnOf('top1'),
      descending,
    }).map(({ id }) => id);
  expect(ids(false)).toEqual(['p', 'd1', 'a1', 'a2', 'a3']);
  expect(ids(true)).toEqual(['p', 'a2', 'a1', 'd1', 'a3']);
});

it('makes an axis of numbers, one of texts, and conditions of their parts', () => {
  const errors = plotAxis(columnOf('top1'), runs);
  // From 10 to 24 %: ticks at 10, 15, 20 and 25.
  expect(runs.map(errors.place)).toEqual([0, 10 / 15, 14 / 15, null]);
  expect(errors.ticks.map(({ text }) => text)).toEqual(['10', '15', '20', '25']);
  expect(errors.condition(0.5, 1)).toBe('=20..24');
  expect(errors.condition(0.1, 0.2)).toBeNull();
  const nets = plotAxis(columnOf('net'), runs);
  expect(runs.map(nets.place)).toEqual([1, 0, 0, 0]);
  expect(nets.condition(0, 0.1)).toBe('=A');
});

it('names the values of a setting as the list has them', () => {
  const scales: TrainScale[] = [256, [256, 512], 384];
  const ofScales = scales.map((trainScale, index) => summary({ id: String(index), trainScale }));
  expect(plotAxis(columnOf('trainScale'), ofScales).ticks.map(({ text }) => text)).toEqual([
    ...['256', '256–512', '384'],
  ]);
});

it('stands by the logarithm where numbers span powers of ten', () => {
  const rates = [0.001, 0.01, 0.1].map((learningRate, index) => summary({ id: String(index), learningRate }));
  const axis = plotAxis(columnOf('learningRate'), rates);
  expect(axis.isLogarithmic).toBe(true);
  expect(axis.place(rates[1] ?? summary())).toBeCloseTo(0.5);
});

it('draws a line as wide and high as it may be, and none over a value that is no number', () => {
  expect(sparkPath([2, 0, NaN, 1], 30, 12)).toBe('M0.0 1.0L10.0 11.0M30.0 6.0');
});
