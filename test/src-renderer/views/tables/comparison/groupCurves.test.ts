import { expect, it } from 'vitest';
import type { StudyRunProgress } from '../../../../../src-main/workbench/contract.ts';
import { groupCurves } from '../../../../../src-renderer/views/tables/comparison/groupCurves.ts';
import { hasResult, protocolOf } from '../../../../../src-renderer/views/tables/comparison/groupRows.ts';

function run(key: string, runId: string | null): StudyRunProgress {
  return {
    key,
    runId,
    status: 'finished',
    done: 1,
    epoch: 1,
    epochs: 1,
    loss: null,
    imagesPerSecond: null,
    top1Error: null,
    error: null,
    jobStatus: null,
  };
}

const series = (values: number[]) => ({
  name: 'train/loss',
  steps: values.map((_, index) => index + 1),
  epochs: values.map(() => 0),
  seconds: values,
  values,
});
const rows = [
  { label: 'A', runs: [run('A/x#1', 'r1'), run('A/x#2', 'r2')], outcomes: [] },
  {
    label: 'D',
    runs: [run('D/x#1', 'r3')],
    outcomes: [{ seed: 1, kind: 'diverged' as const, step: 3 }],
  },
  { label: 'E', runs: [run('E/x#1', null)], outcomes: [] },
];
const values: Record<string, number[]> = { r1: [2, 1], r2: [2.5, 2], r3: [9, 99, NaN] };
const seriesOf = (id: string) => (values[id] ? series(values[id]) : undefined);

it('draws all seeds of a row in its style, and only what was begun', () => {
  const drawn = groupCurves(rows, 'train/loss', seriesOf, { chanceLoss: Math.log(10) });
  expect(drawn.map(({ chart }) => [chart.id, chart.label])).toEqual([
    ['r1', 'A #1'],
    ['r2', 'A #2'],
    ['r3', 'D'],
  ]);
  expect(drawn[0]?.chart.style).toEqual(drawn[1]?.chart.style);
  expect(drawn[2]?.chart.style).not.toEqual(drawn[0]?.chart.style);
});

it('marks on the training loss where a net diverges: at its last number', () => {
  const [, , diverged] = groupCurves(rows, 'train/loss', seriesOf, { chanceLoss: Math.log(10) });
  expect(diverged?.marks).toMatchObject([{ x: 2, y: 99, label: 'diverges' }]);
  expect(groupCurves(rows, 'val/loss', seriesOf, { chanceLoss: Math.log(10) })[2]?.marks).toEqual([]);
});

it('draws at the ceiling what lies above it, and leaves what is no number', () => {
  const [first, , diverged] = groupCurves(rows, 'train/loss', seriesOf, {
    chanceLoss: Math.log(10),
    ceiling: 20,
  });
  expect(Array.from(diverged?.chart.points.y ?? [])).toEqual([9, 20, NaN]);
  expect([first?.isCut, diverged?.isCut]).toEqual([false, true]);
  expect(diverged?.marks).toMatchObject([{ x: 2, y: 20 }]);
});

it('has a result with errors or without a number for the loss', () => {
  expect(hasResult({ seeds: [1], outcomes: [] })).toBe(true);
  expect(hasResult({ seeds: [], outcomes: rows[1]?.outcomes ?? [] })).toBe(true);
  expect(hasResult({ seeds: [], outcomes: [{ seed: 1, kind: 'stalled', step: null }] })).toBe(false);
});

it('tells the protocol of the first that was measured', () => {
  const open = { protocol: null, images: null };
  expect(protocolOf([open, { protocol: 'dense, Q=64', images: 400 }])).toBe(
    'dense, Q=64; 400 validation images',
  );
  expect(protocolOf([open])).toBeNull();
});
