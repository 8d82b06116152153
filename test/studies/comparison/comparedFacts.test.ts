import { expect, it } from 'vitest';
import { comparedFacts } from '../../../src-main/studies/comparison/comparedFacts.ts';
import { planComparison } from '../../../src-main/studies/comparison/planComparison.ts';
import { readComparison } from '../../../src-main/studies/comparison/readComparison.ts';
import { quickPreset } from '../../support/quickPreset.ts';
import type { Learning } from '../../../src-main/vocabulary/learning.ts';
import { dataset, evaluation, openLog, point } from '../../runs/fixtures.ts';
import { aStudy } from '../../support/aStudy.ts';

const plan = planComparison(readComparison('initialisation', 'quick'), quickPreset, 'photographs', [
  'training.batch=500',
]);

/** One run of the study, trained for four steps in two epochs of two. */
async function factsOf(outcome: Learning | null, gradients: readonly number[]) {
  const log = openLog();
  const study = 'study';
  log.studies.put(aStudy({ id: study }));
  const planned = plan.find(({ key }) => key === 'D/glorot#1');
  if (!planned) throw new Error('The comparison trains D.');
  const { id } = log.create({ config: planned.config });
  log.studies.putRun(study, { key: planned.key, runId: id, seed: 1 });
  log.setDataset(id, dataset);
  log.claim(id);
  log.metrics.append(id, [
    ...[3, 2, 1.5, 0.5].map((loss, index) => point(index + 1, loss, 'train/loss')),
    ...gradients.map((norm, index) => point(index + 1, norm, 'gradient/conv1_1/norm')),
    ...[5e8, 7e8, 6e8].map((bytes, index) => point(index + 1, bytes, 'memory/rssBytes')),
    ...[100, 200].map((rate, index) => point(index + 1, rate, 'imagesPerSecond')),
  ]);
  const own = { trainScale: 64, testScales: [64], horizontalFlip: false };
  log.addEvaluation(id, evaluation({ ...own, protocol: 'centre-crop', top1Error: 33 }));
  log.addEvaluation(id, evaluation({ ...own, protocol: 'dense', top1Error: 22 }));
  log.setStatus(id, 'finished');
  const facts = await comparedFacts(log, {
    study,
    plan,
    classes: 10,
    learning: () => Promise.resolve(outcome),
    outcome: () => Promise.resolve(null),
  });
  return facts(['D/glorot', 'E/glorot']);
}

it('reads what a run measured: the last epoch, the highest memory, the errors by its own protocol', async () => {
  const [measured, open] = await factsOf({ kind: 'learns', step: 3 }, [8, 4, 2]);
  expect(measured).toMatchObject({
    key: 'D/glorot',
    seed: 1,
    outcome: { kind: 'learns', step: 3 },
    evaluation: { top1Error: 33 },
    quantities: {
      trainLoss: 1,
      memoryBytes: 7e8,
      imagesPerSecond: 150,
      firstGradient: 8,
      lastGradient: 2,
      depth: 16,
    },
  });
  expect(open).toMatchObject({ key: 'E/glorot', outcome: null, evaluation: null, quantities: { depth: 19 } });
  expect(open?.quantities.trainLoss).toBeUndefined();
});

it('takes a net whose gradients are no numbers for diverged, whatever its loss', async () => {
  const [measured] = await factsOf({ kind: 'stalled', step: null }, [8, NaN, NaN]);
  expect(measured?.outcome).toEqual({ kind: 'diverged', step: 2 });
});
