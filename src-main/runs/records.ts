import { z } from 'zod';
import { protocols } from '../configuration/schema.ts';
import type { RunConfig, TrainScale } from '../configuration/schema.ts';
import { errorReportSchema } from '../foundation/errors.ts';
import { checkpointKindSchema, type CheckpointKind } from '../training/checkpointFiles.ts';
import { datasetFactsSchema } from '../training/events.ts';

/** `interrupted` is also how a run reads that says it is running while its process is gone. */
export const runStatuses = ['queued', 'running', 'paused', 'interrupted', 'failed', 'finished'] as const;
export const runStatusSchema = z.enum(runStatuses);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Where a run was made: versions, device, commit. What could not be found out is null. */
export const environmentSchema = z.object({
  workbench: z.string(),
  node: z.string(),
  tfjs: z.string().nullable(),
  tensorflow: z.string().nullable(),
  platform: z.string(),
  device: z.enum(['cpu', 'gpu']),
  cpu: z.string(),
  gpu: z.string().nullable(),
  commit: z.string().nullable(),
});
export type RunEnvironment = z.infer<typeof environmentSchema>;

/** The process that trains a run. `started` tells it from a later process with the same number. */
export const ownerSchema = z.object({ pid: z.int(), host: z.string(), started: z.string().nullable() });
export type Owner = z.infer<typeof ownerSchema>;

/** Ids name folders, so an id from a file must not lead out of one. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const time = z.iso.datetime();

/** `status.json` in a run's folder: what the other files of the folder do not tell. */
export const runRecordSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: runStatusSchema,
  createdAt: time,
  startedAt: time.nullable(),
  /** When it last stopped, however it ended. */
  finishedAt: time.nullable(),
  dataset: datasetFactsSchema.nullable(),
  error: errorReportSchema.nullable(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

export interface Run extends RunRecord {
  config: RunConfig;
  environment: RunEnvironment | null;
  owner: Owner | null;
  imported: boolean;
}

/** A line of the list of runs. Errors in %, by the run's own protocol (see `ownResult`). */
export interface RunSummary {
  id: string;
  name: string;
  status: RunStatus;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  config: string;
  trainScale: TrainScale;
  seed: number;
  dataset: string | null;
  top1Error: number | null;
  top5Error: number | null;
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

const side = z.int().positive();
export const trainScaleSchema = z.union([side, z.tuple([side, side])]);
export const testScalesSchema = z.array(side).min(1);

/** A result with its whole protocol. Errors in %. */
export const evaluationSchema = z.object({
  protocol: z.enum(protocols),
  trainScale: trainScaleSchema,
  testScales: testScalesSchema,
  average: z.enum(['before-softmax', 'after-softmax']),
  horizontalFlip: z.boolean(),
  checkpoint: checkpointKindSchema,
  /** The step of the weights that were scored. */
  step: z.int().min(0),
  dataset: z.string(),
  /** Of the images of the split. */
  datasetFingerprint: z.string(),
  split: z.literal('val'),
  images: z.int().min(0),
  top1Error: z.number(),
  top5Error: z.number(),
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
