import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { Problem } from '../../foundation/errors.ts';
import { parallelSchema } from '../../vocabulary/parallel.ts';
import { trainScaleSchema } from '../../vocabulary/scales.ts';
import { studyAnnotationsSchema } from '../../runs/annotations.ts';
import type { Study, StudyRun } from '../../runs/study.ts';
import type { StudyEvent } from '../../studies/ActiveStudy.ts';
import { studyDefinitionSchema } from '../../studies/definition.ts';
import type { BudgetOption } from '../../studies/budget/planBudget.ts';
import type { Relation } from '../../studies/budget/relations.ts';
import type { StudyField } from '../../studies/errors.ts';
import { seedsSchema } from '../../studies/preset.ts';
import type { StudyRunProgress, StudySnapshot } from '../../studies/StudyProgress.ts';
import type { ResultRow, ResultTable } from '../../tables/resultTable.ts';
import { tableNumbers, type TableNumber } from '../../vocabulary/paperTables.ts';
import type { RateSource } from '../../vocabulary/rates.ts';
import { tableOptionsSchema } from '../../vocabulary/tableOptions.ts';
import { answer, id } from './answer.ts';
import { on } from './cluster.ts';
import type { SplitChoice } from './datasets.ts';
import type { ImagesMoved } from './runs.ts';

/** A line of the list of studies. */
export interface StudySummary extends Study {
  /** Number of trainings of the study, and of those that are trained and evaluated. */
  runs: number;
  done: number;
  /** What it compares; null for a study of the paper's tables. */
  comparison: { name: string; title: string } | null;
}

export interface StudyDetails {
  study: Study;
  runs: StudyRun[];
  /** Progress of each of its runs, even while it is not under way. */
  progress: StudySnapshot;
  /** By key, the run whose weights a planned run starts from; only those that start from one. */
  startsFrom: Readonly<Record<string, string>>;
  /** Which of the paper's tables it fills; none if it is a comparison. */
  tables: readonly TableNumber[];
  /** The cluster that it is on; null if it is not, or has ended there. */
  cluster: string | null;
  /** Whether this process asks that cluster's scheduler how it goes, as opposed to reading what its nodes write. */
  isAttached: boolean;
  /** Whether this very program trains it, also while it only ends what was stopped. */
  isOurs: boolean;
}

/** A row with the runs that fill it, one for each seed; none if the study leaves the row out. */
export interface StudyTableRow extends ResultRow {
  /** Keys of the planned runs, for {@link studiesContract.start} and the queue: `D@256-512#1`. */
  keys: string[];
  runs: StudyRunProgress[];
}

export interface StudyTable extends ResultTable {
  rows: readonly StudyTableRow[];
}

/** A problem with one field of a study that is being set up. */
export interface StudyProblem extends Problem {
  field: 'dataset' | StudyField;
}

/** A study as it would be trained. */
export interface StudyPreview {
  /** In the order of training; empty while the settings are wrong. */
  runs: {
    key: string;
    dependsOn: string | null;
    /** At most. */
    epochs: number;
    /** Number of rows of the tables that it fills; one in a comparison. */
    rows: number;
    /** Null while the dataset or this machine's rate is not known. */
    seconds: number | null;
  }[];
  /** From what the least known of their rates is known; null while one is not. */
  ratesFrom: RateSource | null;
  /** How many train side by side, as the settings ask for it and the machine allows. */
  atOnce: number;
  /** From the first start to the last end with so many side by side; null while one of the times is not known. */
  secondsInAll: number | null;
  /** Of the largest that train side by side, together; 0 where nothing is trained. */
  memoryBytes: number;
  machineBytes: number;
  problems: StudyProblem[];
  /** Whether a dataset still has to be given, and whether weights have to be. */
  needsDataset: boolean;
  needsWeights: boolean;
  /** How the images are divided, if the workbench does it; null where they come divided. */
  splitNote: string | null;
  /** How images without validation images are divided, by the study's settings. */
  division: SplitChoice;
  /** The equivalent command line; null while the study cannot be made, and for a part of a comparison. */
  command: string | null;
}

/** What fits into a time on this machine, and what the validation images can decide. */
export interface StudyBudget {
  /** The smallest nets first; null while no rate of this machine is known: `bench` measures one. */
  options: BudgetOption[] | null;
  /** The one to take where nothing else is chosen; null if none fits. */
  best: BudgetOption | null;
  /** The command line that trains that one; null if none fits, and for a part of a comparison. */
  command: string | null;
  /** How many of its runs train side by side, and the threads that compute in each process of one. */
  atOnce: number;
  threads: number | null;
  valImages: number;
  /** The least difference in percentage points that these can tell from chance. */
  resolution: number;
  relations: Relation[];
}

export type { BudgetOption, Relation };

const tableNumber = z.literal(tableNumbers);
/** Nets (`D`), trainings (`D@256`, `D/glorot`) or single seeds (`D@256#1`); the runs they start from are included. */
const { only } = studyDefinitionSchema.shape;
/** The settings that define a study. */
const settings = {
  preset: z.string(),
  /** One of {@link comparisonsContract.list}; by default the paper's tables. */
  comparison: z.string().optional(),
  dataset: z.string().optional(),
  /** Seeds instead of the preset's. */
  seeds: seedsSchema.optional(),
  overrides: studyDefinitionSchema.shape.overrides.default([]),
  /** Nets trained elsewhere, for a preset that evaluates; `trainedAt` is S at the paper's crop if the file lacks it. */
  weights: z
    .array(z.strictObject({ path: z.string().min(1), trainedAt: trainScaleSchema.optional() }))
    .min(1)
    .optional(),
  /** Which of the paper's tables it fills; by default 3 and 4. */
  tables: z.array(tableNumber).min(1).optional(),
  /** Makes it a study of these runs only. */
  only,
};

export const studiesContract = {
  list: oc.output(answer<StudySummary[]>()),
  get: oc.input(id).output(answer<StudyDetails>()),
  /** Previews the study that {@link create} would make, with so many of its runs at once, and the command for that. */
  preview: oc
    .input(z.strictObject({ ...settings, parallel: parallelSchema.optional() }))
    .output(answer<StudyPreview>()),
  /** How a study of these settings, so many of its runs at once, could be sized so that it fits into the minutes; its seeds do not count. */
  budget: oc
    .input(
      z.strictObject({
        ...settings,
        minutes: z.number().positive().max(1_000_000),
        parallel: parallelSchema.optional(),
      }),
    )
    .output(answer<StudyBudget>()),
  /**
   * Creates a queued study. Unless `fresh`, a study with the same settings is reused and fills the requested tables
   * besides its own.
   */
  create: oc
    .input(z.strictObject({ ...settings, fresh: z.boolean().default(false) }))
    .output(answer<{ id: string; known: boolean }>()),
  /** Makes a study fill these tables besides its own; the runs they need are trained at its next start. */
  addTables: oc
    .input(z.strictObject({ ...id.shape, tables: z.array(tableNumber).min(1) }))
    .output(answer<undefined>()),
  /** Records where the images of a study and of its runs are now, as `runs.moveImages` does for a run. */
  moveImages: oc
    .input(z.strictObject({ ...id.shape, dataset: z.string().min(1) }))
    .output(eventIterator(answer<ImagesMoved>())),
  /**
   * Trains the study's remaining runs now; with `only`, just these; with `parallel`, so many side by side; with `on`, by
   * giving all of them to a cluster. A study that is on a cluster is attached to. The answer says on which.
   */
  start: oc
    .input(z.strictObject({ ...id.shape, only, parallel: parallelSchema.optional(), on: on.optional() }))
    .output(answer<{ cluster: string | null }>()),
  watch: oc.input(id).output(eventIterator(answer<StudyEvent>())),
  stop: oc
    .input(z.strictObject({ id: z.string(), now: z.boolean().default(false) }))
    .output(answer<undefined>()),
  /** Names a study or writes notes of it; what is left out stays. */
  annotate: oc
    .input(z.strictObject({ ...id.shape, ...studyAnnotationsSchema.partial().shape }))
    .output(answer<undefined>()),
  /** Moves a study to the trash; its runs stay. Refused while it is under way. */
  remove: oc.input(id).output(answer<undefined>()),
  /** Takes a deleted study back, by its whole id. */
  restore: oc.input(id).output(answer<undefined>()),
};

export const tablesContract = {
  get: oc.input(z.strictObject({ study: z.string(), table: tableNumber })).output(answer<StudyTable>()),
  render: oc
    .input(
      z.strictObject({
        study: z.string(),
        table: tableNumber,
        format: z.enum(['csv', 'markdown', 'latex']),
        options: tableOptionsSchema.optional(),
      }),
    )
    .output(answer<string>()),
};
