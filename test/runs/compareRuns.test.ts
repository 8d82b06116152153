import { expect, it } from 'vitest';
import { compareRuns } from '../../src-main/runs/compareRuns.ts';
import { config, dataset, evaluation, openLog } from './fixtures.ts';

const rowD = ['network.config=D', 'network.crop=112', 'data.trainScale=128', 'evaluation.testScales=128'];

/** Runs with one result each, by their own protocol. */
function runsOf(...results: { overrides: string[]; top1Error: number | null }[]) {
  const log = openLog();
  return results.map(({ overrides, top1Error }) => {
    const run = log.create({ config: config(...overrides), dataset });
    const { testScales } = run.config.evaluation;
    return { run, evaluations: top1Error === null ? [] : [evaluation({ testScales, top1Error })] };
  });
}

it('gives the paper’s rows for the net and S at the run’s crop', () => {
  const { runs } = compareRuns(
    runsOf({ overrides: rowD, top1Error: 30 }, { overrides: [...rowD, 'network.crop=64'], top1Error: 30 }),
  );
  // Tables 3 and 4 of the paper, D at S=256: 27.0/8.8 at Q=256, 26.6/8.6 at Q={224,256,288}.
  expect(runs[0]?.paper).toMatchObject([
    { table: 3, scaledTestScales: [128], top1Error: 27.0, top5Error: 8.8 },
    { table: 4, scaledTestScales: [112, 128, 144], top1Error: 26.6, top5Error: 8.6 },
  ]);
  // 256·64/224 is no whole number of pixels.
  expect(runs[1]?.paper).toEqual([]);
});

it('groups what differs in the seed alone, with mean and sample deviation', () => {
  const { groups } = compareRuns(
    runsOf(
      { overrides: ['training.seed=1'], top1Error: 10 },
      { overrides: ['training.seed=2'], top1Error: 12 },
      { overrides: ['training.seed=3'], top1Error: 17 },
      { overrides: ['training.seed=3', 'training.batch=8'], top1Error: 50 },
    ),
  );
  // By hand: mean 13, deviation √((9+1+16)/2).
  expect(groups).toMatchObject([{ seeds: [1, 2, 3], top1: { mean: 13, deviation: Math.sqrt(13) } }]);
});

it('has no deviation of one result', () => {
  const { groups } = compareRuns(
    runsOf(
      { overrides: ['training.seed=1'], top1Error: 10 },
      { overrides: ['training.seed=2'], top1Error: null },
    ),
  );
  expect(groups).toMatchObject([{ top1: null }]);
});
