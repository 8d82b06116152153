import { instructionSets } from '../vocabulary/kernels.ts';
import { z } from 'zod';
import { evaluationResultSchema } from '../vocabulary/evaluations.ts';
import { weightsRecordSchema } from '../weights/record.ts';
import { checkpointKindSchema } from './checkpointFiles.ts';

/** The images of a run; the fingerprint changes when the dataset does. */
export const datasetFactsSchema = z.strictObject({
  name: z.string(),
  fingerprint: z.string(),
  /** Fingerprint of the validation images alone: an evaluation depends on these only, whatever else was opened. */
  valFingerprint: z.string(),
  classes: z.int().min(1),
  trainImages: z.int().min(0),
  valImages: z.int().min(0),
  /** Images that could not be read and were left out. */
  skippedImages: z.int().min(0),
});
export type DatasetFacts = z.infer<typeof datasetFactsSchema>;

/** Includes NaN and the infinities, which a loss may become. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'a number');

/** A number of a run at a step. Names are `group/quantity`; errors are in %. */
const metricSchema = z.strictObject({
  step: z.int(),
  epoch: z.int(),
  /** Seconds of training so far, over all sessions of the run. */
  seconds: z.number(),
  values: z.record(z.string(), anyNumber),
});

const evaluationRecordSchema = z.strictObject({
  ...evaluationResultSchema.shape,
  checkpoint: checkpointKindSchema.nullable(),
  step: z.int().nullable(),
  dataset: datasetFactsSchema,
  seconds: z.number(),
});

const checkpointRecordSchema = z.strictObject({
  kind: checkpointKindSchema,
  step: z.int(),
  epoch: z.int(),
  bytes: z.int(),
  /** Length of the log of metrics, with every metric that was reported before. */
  logBytes: z.int().nullable(),
});

/** The events that a run reports while it goes. Every number a person sees comes from one of these. */
export const trainingEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('started'),
    step: z.int(),
    totalSteps: z.int(),
    stepsPerEpoch: z.int(),
    /** Length of the log of metrics, cut to what came before. */
    logBytes: z.int(),
    parameters: z.int(),
    /** Present if the run has just begun from a file or another run. */
    weights: weightsRecordSchema.optional(),
    dataset: datasetFactsSchema,
    device: z.enum(['cpu', 'gpu']),
    tensorflow: z.string(),
    /** The workbench's own kernels that compute the layers; null for TensorFlow's. */
    kernels: z.enum(instructionSets).nullable(),
    /** Processes that train in step, and the threads that compute in each. */
    processes: z.int().min(1),
    threads: z.int().min(1),
  }),
  z.strictObject({ type: z.literal('metrics'), ...metricSchema.shape }),
  z.strictObject({ type: z.literal('checkpoint'), ...checkpointRecordSchema.shape }),
  z.strictObject({ type: z.literal('evaluation'), ...evaluationRecordSchema.shape }),
  z.strictObject({
    type: z.literal('progress'),
    activity: z.enum(['checking images', 'evaluating']),
    done: z.int(),
    total: z.int(),
  }),
  /** What a person should know of how the numbers come about, as a sentence. */
  z.strictObject({ type: z.literal('note'), text: z.string() }),
]);

export type TrainingEvent = z.infer<typeof trainingEventSchema>;
export type EvaluationRecord = z.infer<typeof evaluationRecordSchema>;
