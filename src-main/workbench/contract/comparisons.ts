import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { StudyRunProgress } from '../../studies/StudyProgress.ts';
import type { ComparisonGroup, ComparisonRow, ComparisonTable } from '../../tables/comparison/rows.ts';
import { comparisonOptionsSchema } from '../../vocabulary/comparisonOptions.ts';
import { answer } from './answer.ts';

/** A comparison that ships with the workbench: nets trained alike to answer one question. */
export interface ComparisonFacts {
  name: string;
  title: string;
  question: string;
  /** The source of the question. */
  source: string;
  /** Trainings for each seed. */
  runs: { key: string; label: string }[];
}

/** A row with its runs, one for each seed; none if the study leaves the row out. */
export interface StudyComparisonRow extends ComparisonRow {
  /** Keys of the planned runs, for {@link studiesContract.start} and the queue: `A/glorot#1`. */
  keys: string[];
  runs: StudyRunProgress[];
}

export interface StudyComparisonGroup extends ComparisonGroup {
  rows: readonly StudyComparisonRow[];
}

export interface StudyComparison extends ComparisonTable {
  groups: readonly StudyComparisonGroup[];
}

export const comparisonsContract = {
  list: oc.output(answer<ComparisonFacts[]>()),
  /** The results of a comparison so far. */
  get: oc.input(z.strictObject({ study: z.string() })).output(answer<StudyComparison>()),
  render: oc
    .input(
      z.strictObject({
        study: z.string(),
        format: z.enum(['csv', 'markdown', 'latex']),
        options: comparisonOptionsSchema.optional(),
      }),
    )
    .output(answer<string>()),
};
