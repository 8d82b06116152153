import { describe, expect, it } from 'vitest';
import type { Result, StudyRunProgress, StudyTableRow } from '../../../../src-main/workbench/contract.ts';
import {
  holds,
  lowestErrors,
  protocolSentence,
  rowState,
  runText,
  seedsOf,
} from '../../../../src-renderer/views/tables/resultRows.ts';

const result: Result = {
  top1Error: 52.8,
  top5Error: 5,
  top1Deviation: null,
  top5Deviation: null,
  top1Interval: { low: 49.7, high: 55.9 },
  top5Interval: { low: 3.8, high: 6.5 },
  seeds: [1],
  images: 1000,
  dataset: 'fashion-mnist',
  converged: null,
  protocol: 'dense, with flip',
};

function run(seed: number, status: StudyRunProgress['status']): StudyRunProgress {
  return {
    key: `D@256#${seed}`,
    runId: null,
    status,
    done: 0,
    epoch: 0,
    epochs: 6,
    loss: null,
    imagesPerSecond: null,
    top1Error: null,
    error: null,
    jobStatus: null,
  };
}

function row(measured: Result | null, runs: StudyRunProgress[]): StudyTableRow {
  return {
    paper: {
      id: '3:D@256',
      config: 'D',
      trainScale: 256,
      testScales: [256],
      protocol: 'dense',
      top1Error: 27,
      top5Error: 8.8,
    },
    trainScale: 64,
    testScales: [64],
    result: measured,
    reference: '3:A@256',
    effect: null,
    paperEffect: -2.6,
    rank: 1,
    paperRank: 1,
    runs,
    keys: runs.map(({ key }) => key),
  };
}

const nobody = () => false;

describe('rowState', () => {
  const cases = [
    ['left-out', null, []],
    ['open', null, [run(1, 'queued')]],
    ['open', result, [run(1, 'finished'), run(2, 'queued')]],
    ['open', null, [run(1, 'interrupted')]],
    ['training', result, [run(1, 'finished'), run(2, 'running')]],
    ['failed', null, [run(1, 'failed')]],
    ['failed', null, [run(1, 'blocked')]],
    ['measured', result, [run(1, 'finished'), run(2, 'finished')]],
    ['measured', result, [run(1, 'finished'), run(2, 'diverged')]],
  ] as const;
  it.each(cases)('%s', (state, measured, runs) => {
    expect(rowState(row(measured, [...runs]), runs, nobody)).toBe(state);
  });

  it('waits only when all that is left is asked for', () => {
    const runs = [run(1, 'finished'), run(2, 'failed'), run(3, 'queued')];
    const asked = (keys: string[]) => rowState(row(result, runs), runs, (key) => keys.includes(key));
    expect(asked(['D@256#2', 'D@256#3'])).toBe('waiting');
    expect(asked(['D@256#3'])).toBe('failed');
  });
});

it('is measured though its run lacks what other tables need', () => {
  const runs = [run(1, 'queued')];
  const shown = { ...row(result, runs), measured: result.seeds };
  expect(rowState(shown, runs, nobody)).toBe('measured');
  expect(rowState({ ...shown, measured: [] }, runs, nobody)).toBe('open');
});

it('names the net of a run where a row has several', () => {
  const keys = ['D@256-512#1', 'E@256-512#1'];
  expect(keys.map((key) => runText(key, keys))).toEqual(['D, seed 1', 'E, seed 1']);
  expect(runText('D@256#2', ['D@256#1', 'D@256#2'])).toBe('seed 2');
});

describe('holds', () => {
  it('takes a net, a training or one seed, and no name that only begins alike', () => {
    expect(holds(null, 'A@256#1')).toBe(true);
    for (const only of ['A', 'A@256', 'A@256#1']) expect(holds([only], 'A@256#1')).toBe(true);
    for (const only of ['A@25', 'A@256#11', 'A-LRN', 'B']) expect(holds([only], 'A@256#1')).toBe(false);
    expect(holds(['A'], 'A-LRN@256#1')).toBe(false);
    expect(holds(['D@256'], 'D@256-512#1')).toBe(false);
    for (const only of ['A', 'A/glorot', 'A/glorot#1']) expect(holds([only], 'A/glorot#1')).toBe(true);
  });
});

it('finds the lowest error of each column by itself', () => {
  const rows = [
    { result: { ...result, top5Error: 9 } },
    { result: { ...result, top1Error: 60 } },
    { result: null },
  ];
  expect(lowestErrors(rows)).toEqual({ top1: 52.8, top5: 5 });
  expect(lowestErrors([{ result: null }])).toEqual({ top1: null, top5: null });
});

it('says what decides a number', () => {
  expect(protocolSentence({ ...result, seeds: [1, 2] })).toBe(
    'dense, with flip; 1000 validation images of fashion-mnist; mean over seeds 1, 2',
  );
});

it('reads the seeds of runs', () => {
  expect(seedsOf(['D@256#10', 'A@256#2', 'D@256-512#2'])).toEqual([2, 10]);
});
