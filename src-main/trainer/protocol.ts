import { z } from 'zod';
import { requestedEvaluationSchema } from '../configuration/evaluations.ts';
import { runConfigSchema } from '../configuration/schema.ts';
import { errorReportSchema } from '../foundation/errorSchemas.ts';
import { answerSchema, questionSchema } from '../insight/questions.ts';
import { checkpointKindSchema } from '../training/checkpointFiles.ts';
import { trainingEventSchema } from '../training/events.ts';
import { placeSchema } from '../runs/records.ts';
import { fenceSchema } from './fence.ts';

/*
 * The messages between the workbench and a trainer process. A trainer does one job and ends; the job `insight` is to
 * answer questions until it is stopped.
 */

const evaluationsSchema = z.array(requestedEvaluationSchema).min(1);

/** The processes that train one run in step: where each listens, and which of them this one is. */
const membershipSchema = z.strictObject({
  addresses: z.array(z.string().regex(/:\d+$/)).min(1),
  rank: z.int().min(0),
});

/** Trains a run in its folder, from its last checkpoint if there is one, and evaluates it in each requested way. */
export const trainJobSchema = z.strictObject({
  task: z.literal('train'),
  config: runConfigSchema,
  runFolder: z.string(),
  initialWeights: z.string().nullable(),
  /** Fingerprint of the images that it was trained on so far; null before training. */
  datasetFingerprint: z.string().nullable(),
  /** Whether it goes on from its best checkpoint, which then becomes its last. */
  fromBest: z.boolean(),
  /** Absent in a process that trains alone. */
  member: membershipSchema.optional(),
  evaluations: evaluationsSchema,
  /** Where several machines may try the same run: what tells an older attempt to leave. */
  fence: fenceSchema.nullable(),
});

/** Evaluates a weights file. */
const evaluateJobSchema = z.strictObject({
  task: z.literal('evaluate'),
  config: runConfigSchema,
  weights: z.string(),
  /** The kind of checkpoint, if the file is one of a run. */
  checkpoint: checkpointKindSchema.nullable(),
  step: z.int().nullable(),
  /** Folder of that run, where the predictions are kept. */
  runFolder: z.string().nullable(),
  evaluations: evaluationsSchema,
  /** Where to write the posteriors of the first evaluation, as CSV. */
  posteriorsFile: z.string().nullable(),
});

/** Measures throughput and memory on random images. */
const benchJobSchema = z.strictObject({
  task: z.literal('bench'),
  config: runConfigSchema,
  classes: z.int(),
  /** To measure, and more of them until so many seconds have passed. */
  steps: z.int(),
  leastSeconds: z.number().min(0).default(0),
});

/** Measures the memory that a number of images needs, in a separate process. */
const memoryJobSchema = z.strictObject({
  task: z.literal('memory'),
  config: runConfigSchema,
  classes: z.int(),
  /** Number of images in the net at once. */
  images: z.int().min(1),
  pass: z.enum(['training', 'inference']),
});

/** Answers questions about checkpoints, and stays for more: loading the weights takes longer than most answers. */
const insightJobSchema = z.strictObject({ task: z.literal('insight') });

export const trainerJobSchema = z.discriminatedUnion('task', [
  trainJobSchema,
  evaluateJobSchema,
  benchJobSchema,
  memoryJobSchema,
  insightJobSchema,
]);
export type TrainerJob = z.infer<typeof trainerJobSchema>;
export type TrainJob = z.infer<typeof trainJobSchema>;
export type EvaluateJob = z.infer<typeof evaluateJobSchema>;
export type BenchJob = z.infer<typeof benchJobSchema>;
export type MemoryJob = z.infer<typeof memoryJobSchema>;

export const benchResultSchema = z.strictObject({
  trainImagesPerSecond: z.number(),
  inferenceImagesPerSecond: z.number(),
  /** Cores that training kept busy, on average. */
  coresBusy: z.number(),
  /** Greatest resident memory of the process, in bytes. */
  peakRssBytes: z.number(),
  device: z.enum(['cpu', 'gpu']),
});
export type BenchResult = z.infer<typeof benchResultSchema>;

export const memoryUseSchema = z.strictObject({
  /** Greatest resident memory of the process during the passes, in bytes. */
  peakRssBytes: z.number(),
  /** Greatest total size of the tensors alive at once, in bytes. */
  peakTensorBytes: z.number(),
  device: z.enum(['cpu', 'gpu']),
});
export type MemoryUse = z.infer<typeof memoryUseSchema>;

export const toTrainerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    addon: z.string(),
    job: trainerJobSchema,
    /** Where a run is trained, if its trainer is to go on without the workbench; null if it ends with it. */
    lasting: placeSchema.nullable(),
  }),
  /** Finish the step, write a checkpoint, end. */
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('ask'), id: z.int(), question: questionSchema }),
  /** The answer to a question is no longer needed. */
  z.strictObject({ type: z.literal('cancel'), id: z.int() }),
  /** The answer has arrived: end. A process that ended by itself could lose its last message. */
  z.strictObject({ type: z.literal('leave') }),
]);
export type ToTrainer = z.infer<typeof toTrainerSchema>;

export const fromTrainerSchema = z.discriminatedUnion('type', [
  /** The main thread is making progress. Any other message shows that too. */
  z.strictObject({ type: z.literal('alive') }),
  z.strictObject({ type: z.literal('event'), event: trainingEventSchema }),
  z.strictObject({ type: z.literal('done'), status: z.enum(['finished', 'interrupted']) }),
  z.strictObject({ type: z.literal('bench'), result: benchResultSchema }),
  z.strictObject({ type: z.literal('memory'), result: memoryUseSchema }),
  /** Progress of the answer to a question. */
  z.strictObject({ type: z.literal('answering'), id: z.int(), done: z.int(), total: z.int() }),
  z.strictObject({ type: z.literal('answer'), id: z.int(), answer: answerSchema }),
  z.strictObject({ type: z.literal('refused'), id: z.int(), error: errorReportSchema }),
  z.strictObject({
    type: z.literal('failed'),
    /** The stack is for the log, not for the window. */
    error: errorReportSchema.extend({ stack: z.string().optional() }),
  }),
]);
export type FromTrainer = z.infer<typeof fromTrainerSchema>;
export type { Report } from '../insight/Pace.ts';
export type { Answer, AnswerTo, Question } from '../insight/questions.ts';
