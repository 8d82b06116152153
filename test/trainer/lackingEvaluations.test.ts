import { expect, it } from 'vitest';
import type { RequestedEvaluation } from '../../src-main/configuration/evaluations.ts';
import { putEvaluation } from '../../src-main/runs/folder/evaluationsFile.ts';
import { posteriorsPath, writeKeptPosteriors } from '../../src-main/runs/folder/keptPosteriors.ts';
import { predictionsKey } from '../../src-main/runs/folder/predictionsFile.ts';
import { RunFolder } from '../../src-main/runs/folder/RunFolder.ts';
import { missingEvaluations } from '../../src-main/trainer/missingEvaluations.ts';
import { config, evaluation } from '../runs/fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const requested: RequestedEvaluation[] = [
  { protocol: 'dense', testScales: [64] },
  { protocol: 'multi-crop', testScales: [64] },
];
const weights = { checkpoint: 'best', step: 30, datasetFingerprint: 'v1' } as const;
const settings = config('evaluation.keepPosteriors=false').evaluation;
const done = evaluation({ protocol: 'dense', testScales: [64], checkpoint: 'best', step: 30 });

it('lacks what no evaluation of these weights answers', () => {
  const folder = new RunFolder(temporaryFolder());
  expect(missingEvaluations(folder, requested, settings, weights)).toEqual(requested);
  putEvaluation(folder.evaluations, done);
  expect(missingEvaluations(folder, requested, settings, weights)).toEqual(requested.slice(1));
  for (const other of [{ step: 31 }, { checkpoint: 'last' as const }, { datasetFingerprint: 'v2' }]) {
    expect(missingEvaluations(folder, requested, settings, { ...weights, ...other })).toEqual(requested);
  }
  const unflipped = { ...settings, horizontalFlip: false };
  expect(missingEvaluations(folder, requested, unflipped, weights)).toEqual(requested);
});

it('lacks what is answered without the posteriors that are to be kept', () => {
  const folder = new RunFolder(temporaryFolder());
  putEvaluation(folder.evaluations, done);
  const [first] = requested.map((one) => ({ ...one, keepPosteriors: true }));
  if (!first) throw new Error('Two are requested.');
  expect(missingEvaluations(folder, [first], settings, weights)).toEqual([first]);
  expect(
    missingEvaluations(folder, requested.slice(0, 1), { ...settings, keepPosteriors: true }, weights),
  ).toHaveLength(1);
  const set = { fingerprint: 'v1', dataset: 'photographs', classes: ['a'], images: ['a/1'], labels: [0] };
  writeKeptPosteriors(posteriorsPath(folder, predictionsKey(done)), Float32Array.of(1), set);
  expect(missingEvaluations(folder, [first], settings, weights)).toEqual([]);
});
