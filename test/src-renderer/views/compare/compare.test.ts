import { describe, expect, it } from 'vitest';
import type { ComparedRun } from '../../../../src-main/runs/compareRuns.ts';
import { evaluation } from '../../../runs/fixtures.ts';
import { addressOf, chosenIds, toggled } from '../../../../src-renderer/shared/runs/chosenRuns.ts';
import { commonLayers, defaultLayer } from '../../../../src-renderer/views/compare/commonLayers.ts';
import { curvesOf, paperLevels } from '../../../../src-renderer/views/compare/comparedCurves.ts';
import { resultTable } from '../../../../src-renderer/views/compare/copiedTables.ts';
import { paperRows, resultRows } from '../../../../src-renderer/views/compare/resultRows.ts';
import { settingRows } from '../../../../src-renderer/views/compare/settingRows.ts';
import { seriesStyle } from '../../../../src-renderer/charts/palette.ts';

const paper: ComparedRun['paper'] = [
  {
    id: '3:D@256',
    config: 'D',
    trainScale: 256,
    testScales: [256],
    protocol: 'dense',
    top1Error: 27,
    top5Error: 8.8,
    table: 3,
    scaledTestScales: [64],
  },
];

function compared(id: string, changes: Partial<ComparedRun> = {}): ComparedRun {
  return {
    id,
    name: id,
    status: 'finished',
    colour: null,
    trainScale: 64,
    classes: 1000,
    top1Error: null,
    top5Error: null,
    evaluations: [],
    paper: [],
    ...changes,
  };
}

describe('resultRows', () => {
  it('goes by top-1 where there are so few classes that top-5 says little', () => {
    const runs = [
      compared('one', { classes: 10, evaluations: [evaluation({ top1Error: 30, top5Error: 0.4 })] }),
      compared('other', { classes: 10, evaluations: [evaluation({ top1Error: 20, top5Error: 0.6 })] }),
    ];
    expect(resultRows(runs).map(({ best }) => best)).toEqual([1]);
    expect(resultRows(runs.map((run) => ({ ...run, classes: 1000 }))).map(({ best }) => best)).toEqual([0]);
  });

  it('puts the same protocol and Q of all runs in one row, the newest result, and marks the best', () => {
    const one = compared('one', {
      evaluations: [
        evaluation({ testScales: [64], top1Error: 30, top5Error: 9, createdAt: '2026-01-02T00:00:00.000Z' }),
        evaluation({ testScales: [64], top1Error: 90, top5Error: 50, createdAt: '2026-01-01T00:00:00.000Z' }),
      ],
    });
    const other = compared('other', {
      evaluations: [
        evaluation({ testScales: [64], top1Error: 29, top5Error: 10 }),
        evaluation({ testScales: [56, 64, 72], top1Error: 28, top5Error: 8 }),
      ],
    });
    const rows = resultRows([one, other]);
    expect(rows.map(({ testScales, errors, best }) => ({ testScales, errors, best }))).toEqual([
      { testScales: '56,64,72', errors: [null, { top1Error: 28, top5Error: 8 }], best: -1 },
      {
        testScales: '64',
        errors: [
          { top1Error: 30, top5Error: 9 },
          { top1Error: 29, top5Error: 10 },
        ],
        best: 0,
      },
    ]);
  });

  it('keeps results on other images apart', () => {
    const runs = [
      compared('one', { evaluations: [evaluation({ datasetFingerprint: 'a' })] }),
      compared('other', { evaluations: [evaluation({ datasetFingerprint: 'b' })] }),
    ];
    expect(resultRows(runs)).toHaveLength(2);
  });
});

it('has a row of the paper only for tables that know a net and S of the runs', () => {
  const rows = paperRows([compared('one', { paper }), compared('other')]);
  expect(rows).toEqual([{ title: 'Paper, Table 3', baselines: [paper[0], null] }]);
});

it('draws one level of the paper for two runs of the same net and S', () => {
  const runs = [compared('one', { paper }), compared('other', { paper })];
  expect(paperLevels(runs, 'top5Error')).toMatchObject([{ label: 'Paper D, S 256: 8.80 %', value: 8.8 }]);
  expect(paperLevels(runs, 'top5Error')[0]?.together?.([8.8, 10.4])).toBe('Paper, 2 rows: 8.80–10.40 %');
  expect(paperLevels(runs, null)).toEqual([]);
});

it('copies errors with two columns a run', () => {
  const runs = [compared('one', { paper }), compared('other', { evaluations: [evaluation({})] })];
  const widths = resultTable({ runs, differences: [], common: [], groups: [] }).map((row) => row.length);
  expect(new Set(widths)).toEqual(new Set([7]));
});

it('shows what differs, and all if asked for', () => {
  const comparison = {
    runs: [compared('one'), compared('other')],
    differences: [{ key: 'data.trainScale', values: [256, [256, 512]] }],
    common: [{ key: 'initialisation.from', value: null }],
    groups: [],
  };
  expect(settingRows(comparison, false)).toEqual([
    { key: 'data.trainScale', values: ['256', '256–512'], differs: true },
  ]);
  expect(settingRows(comparison, true)[1]).toEqual({
    key: 'initialisation.from',
    values: ['none', 'none'],
    differs: false,
  });
});

it('calls a dataset that a program made synthetic among the settings', () => {
  const runs = [compared('one'), compared('other')];
  const values = ['fashion-scenes', 'fashion-mnist'];
  const comparison = { runs, differences: [{ key: 'data.dataset', values }], common: [], groups: [] };
  expect(settingRows(comparison, false)[0]?.values).toEqual(['fashion-scenes (synthetic)', 'fashion-mnist']);
});

it('reads as many runs of an address as can be compared, each once, and takes one in or out', () => {
  expect(chosenIds('a,b,,a')).toEqual(['a', 'b']);
  expect(chosenIds(Array.from({ length: 300 }, (_, index) => index).join(','))).toHaveLength(200);
  expect(addressOf(toggled(['a', 'b'], 'a'), new URLSearchParams({ x: 'step' }))).toBe('/compare/b?x=step');
});

it('offers the layers that all nets have, for Grad-CAM the last with maps that is a convolution', () => {
  const layers = commonLayers([
    [
      { name: 'conv1_1', kind: 'conv', shape: [32, 32, 8] },
      { name: 'conv1_2', kind: 'conv', shape: [32, 32, 8] },
      { name: 'conv5_1', kind: 'conv', shape: [2, 2, 64] },
      { name: 'pool5', kind: 'pool', shape: [2, 2, 64] },
    ],
    [
      { name: 'conv1_1', kind: 'conv', shape: [64, 64, 4] },
      { name: 'lrn1', kind: 'lrn', shape: [64, 64, 4] },
      { name: 'conv5_1', kind: 'conv', shape: [2, 2, 64] },
      { name: 'pool5', kind: 'pool', shape: [1, 1, 64] },
    ],
  ]);
  expect(layers).toEqual([
    { name: 'conv1_1', kind: 'conv', channels: 4, mapped: true },
    { name: 'conv5_1', kind: 'conv', channels: 64, mapped: true },
    { name: 'pool5', kind: 'pool', channels: 64, mapped: false },
  ]);
  expect(defaultLayer(layers, 'grad-cam')?.name).toBe('conv5_1');
  expect(defaultLayer(layers, 'maps')?.name).toBe('conv1_1');
});

it('draws curves over the epochs trained so far, in the style of each run', () => {
  const series = { name: 'val/loss', steps: [60, 90], epochs: [0, 1], seconds: [5, 9], values: [2, 1] };
  const run = { id: 'one', name: 'One', trainScale: 64, totalSteps: 120, epochs: 2 };
  const style = seriesStyle(0);
  const seriesOf = ({ id }: { id: string }) => (id === 'one' ? series : undefined);
  const runs = [run, { ...run, id: 'untrained' }];
  expect(curvesOf(runs, [style, seriesStyle(1)], seriesOf, 'epoch')).toEqual([
    { id: 'one', label: 'One', style, points: { x: [1, 1.5], y: [2, 1] } },
  ]);
  expect(curvesOf([run], [style], seriesOf, 'time')[0]?.points.x).toEqual([5, 9]);
});
