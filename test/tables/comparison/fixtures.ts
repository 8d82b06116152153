import {
  comparisonTable,
  type ComparedEvaluation,
  type ComparedFacts,
} from '../../../src-main/tables/comparison/comparisonTable.ts';
import { comparisonSchema } from '../../../src-main/tables/comparison/definition.ts';
import type { ComparisonTable } from '../../../src-main/tables/comparison/rows.ts';
import type { TableContext } from '../../../src-main/tables/notes.ts';

export const comparison = comparisonSchema.parse({
  name: 'sizes',
  title: 'Sizes',
  question: 'Which?',
  source: 'Sect. 2.3',
  runs: [
    { key: 'B', label: 'B' },
    { key: 'B-5x5', label: 'B_5' },
  ],
  groups: [{ title: 'Two or one', runs: ['B', 'B-5x5'], statement: 'B is better by 7 points.' }],
  columns: ['parameters', 'outcome', 'top1', 'top5'],
  curve: 'train/loss',
});

const context: TableContext = {
  preset: 'quick',
  changes: [],
  dataset: 'photographs',
  ilsvrc: false,
  classes: 100,
  crop: 56,
  width: 0.125,
  protocol: 'centre-crop',
  average: 'before-softmax',
  horizontalFlip: false,
  checkpoint: 'best',
};

/** A run of one seed, scored on 400 images whose predictions are not kept. */
export function facts(
  key: string,
  seed: number,
  top1Error: number,
  changes: Partial<ComparedFacts> = {},
): ComparedFacts {
  return {
    key,
    seed,
    quantities: { parameters: key === 'B' ? 1_000_000 : 1_250_000 },
    outcome: { kind: 'learns', step: 40 + seed },
    convergence: { kind: seed === 1 ? 'converged' : 'improving', pointsPerEpoch: 1.5, trainError: null },
    evaluation: {
      protocol: 'centre-crop',
      average: 'before-softmax',
      horizontalFlip: false,
      checkpoint: 'best',
      testScales: [64],
      images: 400,
      dataset: 'photographs',
      top1Error,
      top5Error: top1Error / 2,
      outcome: null,
    },
    ...changes,
  };
}

/** The same, scored otherwise. */
export function scored(of: ComparedFacts, changes: Partial<ComparedEvaluation>): ComparedFacts {
  return { ...of, evaluation: of.evaluation && { ...of.evaluation, ...changes } };
}

export function tableOf(all: readonly ComparedFacts[]): ComparisonTable {
  return comparisonTable(comparison, context, () => all);
}
