import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { Problem } from '../../foundation/errors.ts';
import { trainScaleSchema } from '../../vocabulary/scales.ts';
import type { Study, StudyRun } from '../../runs/StudyStore.ts';
import type { StudyEvent } from '../../studies/ActiveStudy.ts';
import type { StudyField } from '../../studies/errors.ts';
import type { StudyRunProgress, StudySnapshot } from '../../studies/StudyProgress.ts';
import type { ResultRow, ResultTable } from '../../tables/resultTable.ts';
import { tableNumbers, type TableNumber } from '../../vocabulary/paperTables.ts';
import { answer, id } from './answer.ts';

/** A line of the list of studies. */
export interface StudySummary extends Study {
  /** Trainings that the study is about, and those that are trained and evaluated. */
  runs: number;
  done: number;
  /** What it compares; null for one of the paper's tables. */
  comparison: { name: string; title: string } | null;
}

export interface StudyDetails {
  study: Study;
  runs: StudyRun[];
  /** Where each of its runs stands, also while it is not under way. */
  progress: StudySnapshot;
  /** Which of the paper's tables it fills; none if it compares. */
  tables: readonly TableNumber[];
}

/** A row beside the runs that fill it, one a seed; none where the study leaves the row out. */
export interface StudyTableRow extends ResultRow {
  /** Of the planned runs, for {@link studiesContract.start} and the queue: `D@256-512#1`. */
  keys: string[];
  runs: StudyRunProgress[];
}

export interface StudyTable extends ResultTable {
  rows: readonly StudyTableRow[];
}

/** Something wrong with one field of a study that is being set up. */
export interface StudyProblem extends Problem {
  field: 'dataset' | StudyField;
}

/** A study as it would be trained. */
export interface StudyPreview {
  /** In the order of training; none while the settings are wrong. */
  runs: {
    key: string;
    dependsOn: string | null;
    /** At most. */
    epochs: number;
    /** Of the tables, that it fills; of a comparison one. */
    rows: number;
    /** Null while the dataset or the rate of this machine is not known. */
    seconds: number | null;
  }[];
  problems: StudyProblem[];
  /** Whether a dataset has still to be given, or weights. */
  needsDataset: boolean;
  needsWeights: boolean;
  /** The same as a call of the command line; null while it cannot be made, and for a part of a comparison. */
  command: string | null;
}

const tableNumber = z.literal(tableNumbers);
/** Nets (`D`), trainings (`D@256`, `D/glorot`) or single seeds (`D@256#1`); what these start from comes with them. */
const only = z.array(z.string()).min(1).optional();
/** What decides a study. */
const settings = {
  preset: z.string(),
  /** One of {@link comparisonsContract.list}; the paper's tables without it. */
  comparison: z.string().optional(),
  dataset: z.string().optional(),
  /** In place of the preset's. */
  seeds: z.array(z.int().min(0)).min(1).optional(),
  overrides: z.array(z.string()).default([]),
  /** Nets trained elsewhere, for a preset that evaluates; `trainedAt` is S at the paper's crop, where the file does not tell. */
  weights: z
    .array(z.strictObject({ path: z.string().min(1), trainedAt: trainScaleSchema.optional() }))
    .min(1)
    .optional(),
  /** Which of the paper's tables it fills; 3 and 4 without it. */
  tables: z.array(tableNumber).min(1).optional(),
  /** Makes it a study of these alone. */
  only,
};

export const studiesContract = {
  list: oc.output(answer<StudySummary[]>()),
  get: oc.input(id).output(answer<StudyDetails>()),
  /** What {@link create} would make. */
  preview: oc.input(z.strictObject(settings)).output(answer<StudyPreview>()),
  /**
   * A new study, queued; or the one with the same settings, unless `fresh`, which from then on fills the tables asked for
   * besides its own.
   */
  create: oc
    .input(z.strictObject({ ...settings, fresh: z.boolean().default(false) }))
    .output(answer<{ id: string; known: boolean }>()),
  /** Makes a study fill these tables besides its own; what they lack is trained when it is started next. */
  addTables: oc
    .input(z.strictObject({ ...id.shape, tables: z.array(tableNumber).min(1) }))
    .output(answer<undefined>()),
  /** Trains now what the study still lacks; with `only`, of these. */
  start: oc.input(z.strictObject({ ...id.shape, only })).output(answer<undefined>()),
  watch: oc.input(id).output(eventIterator(answer<StudyEvent>())),
  stop: oc
    .input(z.strictObject({ id: z.string(), now: z.boolean().default(false) }))
    .output(answer<undefined>()),
  /** Deletes a study; its runs stay. Refused while it is under way. */
  remove: oc.input(id).output(answer<undefined>()),
};

export const tablesContract = {
  get: oc.input(z.strictObject({ study: z.string(), table: tableNumber })).output(answer<StudyTable>()),
  render: oc
    .input(
      z.strictObject({
        study: z.string(),
        table: tableNumber,
        format: z.enum(['csv', 'markdown', 'latex']),
      }),
    )
    .output(answer<string>()),
};
