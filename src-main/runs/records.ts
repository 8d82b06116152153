import { z } from 'zod';
import type { RunConfig } from '../configuration/schema.ts';
import { storedErrorSchema } from '../foundation/errorSchemas.ts';
import { checkpointKindSchema, type CheckpointKind } from '../training/checkpointFiles.ts';
import type { Configuration } from '../vocabulary/configurations.ts';
import type { Convergence } from '../vocabulary/convergence.ts';
import { evaluationResultSchema } from '../vocabulary/evaluations.ts';
import type { Protocol } from '../vocabulary/protocols.ts';
import { trainScaleSchema, type TrainScale } from '../vocabulary/scales.ts';
import { weightsRecordSchema } from '../weights/record.ts';
import { instructionSets } from '../vocabulary/kernels.ts';
import { datasetFactsSchema } from '../training/events.ts';

/** A run recorded as running whose process is gone also reads as `interrupted`. */
const runStatuses = ['queued', 'running', 'paused', 'interrupted', 'failed', 'finished'] as const;
export const runStatusSchema = z.enum(runStatuses);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Where a run was made: versions, device, commit. What could not be determined is null. */
export const environmentSchema = z.object({
  workbench: z.string(),
  node: z.string(),
  tfjs: z.string().nullable(),
  tensorflow: z.string().nullable(),
  platform: z.string(),
  device: z.enum(['cpu', 'gpu']),
  /** The workbench's own kernels, on which the last digits depend; null for TensorFlow's, as in versions up to 0.2.0. */
  kernels: z.enum(instructionSets).nullable().default(null),
  /** Processes that trained in step. */
  processes: z.int().min(1).default(1),
  /** Threads that computed in each, on which the last digits depend, too; null where it was not noted. */
  threads: z.int().min(1).nullable().default(null),
  cpu: z.string(),
  gpu: z.string().nullable(),
  commit: z.string().nullable(),
  /** The weights that it started from; null for random ones. */
  weights: weightsRecordSchema.nullable().default(null),
});
export type RunEnvironment = z.infer<typeof environmentSchema>;

/** What is known of where a run is made before its trainer reports the rest. */
export const placeSchema = environmentSchema.omit({
  tensorflow: true,
  device: true,
  kernels: true,
  processes: true,
  threads: true,
  weights: true,
});
export type TrainingPlace = z.infer<typeof placeSchema>;

/** A process. `started` distinguishes it from a later one with the same number. */
export const processSchema = z.object({ pid: z.int(), started: z.string().nullable() });
export type Process = z.infer<typeof processSchema>;

/** The process that leads a training. */
export const ownerSchema = processSchema.extend({
  host: z.string(),
  /** Its trainer, if that goes on without it. */
  trainer: processSchema.optional(),
});
export type Owner = z.infer<typeof ownerSchema>;

/** Ids name folders, so an id from a file must not lead out of one. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const time = z.iso.datetime();

export const tagsSchema = z.array(z.string());

/** What people note about a run; training neither reads nor changes it. */
const annotationsSchema = z.object({
  name: z.string(),
  tags: tagsSchema.default([]),
  notes: z.string().default(''),
  /** `#rrggbb`; null for a colour of the palette. */
  colour: z.string().nullable().default(null),
  pinned: z.boolean().default(false),
});
export type Annotations = z.infer<typeof annotationsSchema>;

/** `status.json` in a run's folder: what the other files of the folder do not say. */
export const runRecordSchema = z.object({
  id: idSchema,
  /** Rises with every change, so that an index that is not of the same state as the folder is known as such. */
  revision: z.int().min(0).default(0),
  ...annotationsSchema.shape,
  status: runStatusSchema,
  createdAt: time,
  startedAt: time.nullable(),
  /** When it last stopped, however it ended. */
  finishedAt: time.nullable(),
  dataset: datasetFactsSchema.nullable(),
  error: storedErrorSchema.nullable(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

export interface Run extends RunRecord {
  config: RunConfig;
  environment: RunEnvironment | null;
  owner: Owner | null;
  imported: boolean;
  /** While it runs and its trainer does not respond: the time of the trainer's last sign of life. */
  unresponsiveSince: string | null;
}

/** What `status.json` holds of a run. */
export function recordOf(run: Run): RunRecord {
  const { config: _config, environment: _environment, owner: _owner, imported: _imported, ...record } = run;
  return record;
}

/** The lowest error of a run's validations, a centre crop at the end of each epoch. */
export interface BestValidation {
  /** In %. */
  percent: number;
  step: number;
  /** Counted from 1. */
  epoch: number;
}

/** A line of the list of runs. Errors in %. What is not known yet is null. */
export interface RunSummary {
  id: string;
  name: string;
  status: RunStatus;
  /** If running: the time of its trainer's last sign of life, once that is too long ago; else null. */
  unresponsiveSince: string | null;
  /** If running on another machine, such as a node of a cluster: that machine's name; else null. */
  host: string | null;
  /** If running: whether another program leads it, on this machine or another. */
  elsewhere: boolean;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** The net. */
  config: Configuration;
  width: number;
  crop: number;
  /** The net's number of parameters, once its classes are known. */
  parameters: number | null;
  /** Of its images, once they are known. */
  classes: number | null;
  /** The dataset's name, as it is shown; before it has been opened, what the configuration says. */
  dataset: string;
  /** S. */
  trainScale: TrainScale;
  /** Q. */
  testScales: number[];
  protocol: Protocol;
  seed: number;
  /** By the run's own protocol, scales and checkpoint, on its own images (see `ownResult`). */
  top1Error: number | null;
  top5Error: number | null;
  bestTop1: BestValidation | null;
  bestTop5: BestValidation | null;
  /** How its training ended; null before that, and where its curves do not say. */
  convergence: Convergence | null;
  /** At the last step. NaN where training diverged. */
  trainLoss: number | null;
  /** At the last validation; before there was one, that of the first step. */
  learningRate: number;
  imagesPerSecond: number | null;
  /** Resident memory of the trainer. */
  memoryBytes: number | null;
  step: number;
  /** At most: training may stop early. */
  totalSteps: number | null;
  /** Epochs trained so far, including the fraction of the current one. */
  epoch: number;
  /** At most. */
  epochs: number;
  /** Training time so far, validations included, over all sessions. */
  seconds: number;
  /** Seconds left at the rate so far; null unless it is running. */
  etaSeconds: number | null;
  tags: string[];
  /** The first 200 characters. */
  notes: string;
  colour: string | null;
  pinned: boolean;
  imported: boolean;
  /** Whether its folder was deleted or moved from outside the workbench: only what is listed here is left. */
  folderMissing: boolean;
}

/** One value of one series. `epoch` may be a fraction; `seconds` count the training time so far. */
export interface MetricPoint {
  step: number;
  epoch: number;
  seconds: number;
  name: string;
  /** Not finite if training diverged. */
  value: number;
}

/** One series of a run, its points in order of step. Values are NaN where training diverged. */
export interface Series {
  name: string;
  steps: number[];
  epochs: number[];
  seconds: number[];
  values: number[];
}

/** Which points of a series to read. */
export interface SeriesWindow {
  /** The greatest number of points, spikes kept. */
  maxPoints?: number | undefined;
  /** The first step and the last. */
  fromStep?: number | undefined;
  toStep?: number | undefined;
}

/** A result with its whole protocol. Errors in %. */
export const evaluationSchema = z.object({
  ...evaluationResultSchema.shape,
  trainScale: trainScaleSchema,
  checkpoint: checkpointKindSchema,
  /** The step of the weights that were scored. */
  step: z.int().min(0),
  dataset: z.string(),
  /** Fingerprint of the images of the split. */
  datasetFingerprint: z.string(),
  split: z.literal('val'),
  seconds: z.number().min(0),
  createdAt: time,
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export interface Checkpoint {
  kind: CheckpointKind;
  step: number;
  epoch: number;
  /** Relative to the run's folder. */
  path: string;
  bytes: number;
  createdAt: string;
}
