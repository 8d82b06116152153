import { z } from 'zod';

/** What the process that reads damaged files reports: that it begins with a case, and how that ended. */
export const fromWorkerSchema = z.union([
  z.object({ begun: z.int() }),
  z.object({ ended: z.int(), failure: z.string().nullable() }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
