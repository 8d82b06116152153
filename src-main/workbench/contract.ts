import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { configurations } from '../configuration/schema.ts';
import type { KeyDescription } from '../configuration/keys.ts';
import type { DataReport } from '../data/checkDataset.ts';
import type { Finding } from '../data/findings.ts';
import type { EngineExamination, Problem } from '../engine/doctor.ts';
import type { SetupProgress } from '../engine/provision/progress.ts';
import type { EngineFiles } from '../engine/provision/provideEngine.ts';
import type { RunComparison } from '../runs/compareRuns.ts';
import type { Series, SeriesSummary } from '../runs/MetricStore.ts';
import type { Checkpoint, Evaluation, Run, RunSummary } from '../runs/records.ts';
import type { Study, StudyRun } from '../runs/StudyStore.ts';
import type { StudyEvent } from '../studies/ActiveStudy.ts';
import type { RunEvent } from '../supervisor/ActiveRun.ts';
import type { ResultTable } from '../tables/resultTable.ts';
import type { BenchResult } from '../trainer/protocol.ts';
import type { EvaluationRecord } from '../training/events.ts';
import type { NetworkDescription } from '../vgg/describe.ts';

/*
 * The workbench's API: the only door for the command line, the hosts and the renderer. What comes in is checked by zod;
 * what goes out is made by this program and only typed.
 */

const id = z.strictObject({ id: z.string() });
const configLayers = {
  /** A preset's base settings come first. */
  preset: z.string().optional(),
  /** Path of a YAML file over them. */
  file: z.string().optional(),
  /** `key.path=value`, over both. */
  overrides: z.array(z.string()).default([]),
};
const tableNumber = z.union([z.literal(3), z.literal(4)]);

function answer<Output>() {
  return z.custom<Output>();
}

export type { RunEvent, StudyEvent };

export interface RunDetails {
  run: Run;
  evaluations: Evaluation[];
  /** The latest by its own protocol, at its own scales, on its own images. */
  result: Evaluation | null;
  checkpoints: Checkpoint[];
  series: SeriesSummary[];
}

export interface StudyDetails {
  study: Study;
  runs: StudyRun[];
}

/** What `doctor` finds: the engine, the data folder, the dataset that ships. */
export interface Examination {
  engine: EngineExamination;
  dataFolder: { path: string; exists: boolean; runs: number | null };
  dataset: { name: string; train: number; val: number; classes: number } | null;
  problems: Problem[];
}

export type EvaluationEvent =
  | { type: 'progress'; done: number; total: number; activity: string }
  | { type: 'evaluation'; evaluation: EvaluationRecord };
export type CheckEvent =
  { type: 'progress'; done: number; total: number } | { type: 'report'; report: DataReport };
export type SetupEvent =
  { type: 'progress'; progress: SetupProgress } | { type: 'ready'; engine: EngineFiles };

export const contract = {
  runs: {
    list: oc
      .input(z.strictObject({ status: z.string().optional(), limit: z.int().min(1).optional() }))
      .output(answer<RunSummary[]>()),
    get: oc.input(id).output(answer<RunDetails>()),
    metrics: oc
      .input(
        z.strictObject({
          id: z.string(),
          names: z.array(z.string()).optional(),
          mostPoints: z.int().optional(),
        }),
      )
      .output(answer<Series[]>()),
    /** A new run, queued, and what is notable about its images; refused if it could not be trained. */
    create: oc
      .input(z.strictObject({ ...configLayers, name: z.string().optional() }))
      .output(answer<{ id: string; notes: Finding[] }>()),
    /** Trains a run, from its last checkpoint if it has one. */
    start: oc.input(id).output(answer<undefined>()),
    watch: oc.input(id).output(eventIterator(answer<RunEvent>())),
    /** Checkpoints and ends the run; at once if `now`. */
    stop: oc
      .input(z.strictObject({ id: z.string(), now: z.boolean().default(false) }))
      .output(answer<undefined>()),
    compare: oc.input(z.strictObject({ ids: z.array(z.string()).min(2) })).output(answer<RunComparison>()),
    export: oc.input(z.strictObject({ id: z.string(), target: z.string() })).output(answer<undefined>()),
    import: oc.input(z.strictObject({ folder: z.string() })).output(answer<Run>()),
    remove: oc.input(z.strictObject({ ids: z.array(z.string()).min(1) })).output(answer<string[]>()),
  },
  /** Scores a run's checkpoint, or a weights file. */
  evaluate: oc
    .input(
      z.strictObject({
        ...configLayers,
        run: z.string().optional(),
        weights: z.string().optional(),
        posteriorsFile: z.string().optional(),
      }),
    )
    .output(eventIterator(answer<EvaluationEvent>())),
  studies: {
    list: oc.output(answer<Study[]>()),
    get: oc.input(id).output(answer<StudyDetails>()),
    /** A new study, queued; or the one with the same definition, unless `fresh`. */
    create: oc
      .input(
        z.strictObject({
          preset: z.string(),
          dataset: z.string().optional(),
          /** In place of the preset's. */
          seeds: z.array(z.int().min(0)).min(1).optional(),
          overrides: z.array(z.string()).default([]),
          fresh: z.boolean().default(false),
        }),
      )
      .output(answer<{ id: string; known: boolean }>()),
    /** Trains what the study still lacks. */
    start: oc.input(id).output(answer<undefined>()),
    watch: oc.input(id).output(eventIterator(answer<StudyEvent>())),
    stop: oc
      .input(z.strictObject({ id: z.string(), now: z.boolean().default(false) }))
      .output(answer<undefined>()),
  },
  tables: {
    get: oc.input(z.strictObject({ study: z.string(), table: tableNumber })).output(answer<ResultTable>()),
    render: oc
      .input(
        z.strictObject({
          study: z.string(),
          table: tableNumber,
          format: z.enum(['csv', 'markdown', 'latex']),
        }),
      )
      .output(answer<string>()),
  },
  presets: oc.output(answer<{ name: string; description: string }[]>()),
  /** Every key of a configuration, with its type, default and meaning. */
  keys: oc.output(answer<readonly KeyDescription[]>()),
  describe: oc
    .input(
      z.strictObject({
        config: z.enum(configurations),
        width: z.number().positive().max(4).default(1),
        crop: z.int().min(32).max(4096).default(224),
        classes: z.int().min(1).default(1000),
      }),
    )
    .output(answer<NetworkDescription>()),
  checkData: oc.input(z.strictObject({ dataset: z.string() })).output(eventIterator(answer<CheckEvent>())),
  bench: oc
    .input(z.strictObject({ overrides: z.array(z.string()).default([]), steps: z.int().min(1).default(3) }))
    .output(answer<BenchResult>()),
  doctor: oc.output(answer<Examination>()),
  setup: oc
    .input(z.strictObject({ gpu: z.boolean().default(false) }))
    .output(eventIterator(answer<SetupEvent>())),
};
