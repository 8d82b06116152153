import { z } from 'zod';
import { trainJobSchema } from '../trainer/protocol.ts';

/** The run that another one starts from. */
export const sourceSchema = z.strictObject({
  run: z.string(),
  /** Its best checkpoint. */
  weights: z.string(),
  /** Its events, if it was trained on a cluster too. */
  events: z.string().nullable(),
  /** The weights, if it was finished when this was written; else its events tell. */
  sha256: z.string().nullable(),
});
export type Source = z.infer<typeof sourceSchema>;

/** `job.json`: all that a node needs to train a run. Paths are absolute: the nodes see the same folders. */
export const nodeJobSchema = z.strictObject({
  run: z.string(),
  source: sourceSchema.nullable(),
  train: trainJobSchema.omit({ fence: true, initialWeights: true }).extend({
    /** A file that it starts from; null if it starts from nothing or from `source`. */
    initialWeights: z.string().nullable(),
  }),
  /** Seconds for which an earlier attempt that has not said its end may still write. */
  settle: z.number(),
});
export type NodeJob = z.infer<typeof nodeJobSchema>;
