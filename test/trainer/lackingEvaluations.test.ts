import { expect, it } from 'vitest';
import type { WantedEvaluation } from '../../src-main/configuration/evaluations.ts';
import { putEvaluation } from '../../src-main/runs/folder/evaluationsFile.ts';
import { posteriorsPath, writeKeptPosteriors } from '../../src-main/runs/folder/keptPosteriors.ts';
import { predictionsKey } from '../../src-main/runs/folder/predictionsFile.ts';
import { RunFolder } from '../../src-main/runs/folder/RunFolder.ts';
import { lackingEvaluations } from '../../src-main/trainer/lackingEvaluations.ts';
import { config, evaluation, temporaryFolder } from '../runs/fixtures.ts';

const wanted: WantedEvaluation[] = [
  { protocol: 'dense', testScales: [64] },
  { protocol: 'multi-crop', testScales: [64] },
];
const weights = { checkpoint: 'best', step: 30, datasetFingerprint: 'v1' } as const;
const settings = config('evaluation.keepPosteriors=false').evaluation;
const done = evaluation({ protocol: 'dense', testScales: [64], checkpoint: 'best', step: 30 });

it('lacks what no evaluation of these weights answers', () => {
  const folder = new RunFolder(temporaryFolder());
  expect(lackingEvaluations(folder, wanted, settings, weights)).toEqual(wanted);
  putEvaluation(folder.evaluations, done);
  expect(lackingEvaluations(folder, wanted, settings, weights)).toEqual(wanted.slice(1));
  for (const other of [{ step: 31 }, { checkpoint: 'last' as const }, { datasetFingerprint: 'v2' }]) {
    expect(lackingEvaluations(folder, wanted, settings, { ...weights, ...other })).toEqual(wanted);
  }
  const unflipped = { ...settings, horizontalFlip: false };
  expect(lackingEvaluations(folder, wanted, unflipped, weights)).toEqual(wanted);
});

it('lacks what is answered without the posteriors that are to be kept', () => {
  const folder = new RunFolder(temporaryFolder());
  putEvaluation(folder.evaluations, done);
  const [first] = wanted.map((one) => ({ ...one, keepPosteriors: true }));
  if (!first) throw new Error('Two are wanted.');
  expect(lackingEvaluations(folder, [first], settings, weights)).toEqual([first]);
  expect(
    lackingEvaluations(folder, wanted.slice(0, 1), { ...settings, keepPosteriors: true }, weights),
  ).toHaveLength(1);
  const set = { fingerprint: 'v1', dataset: 'photographs', classes: ['a'], images: ['a/1'], labels: [0] };
  writeKeptPosteriors(posteriorsPath(folder, predictionsKey(done)), Float32Array.of(1), set);
  expect(lackingEvaluations(folder, [first], settings, weights)).toEqual([]);
});
