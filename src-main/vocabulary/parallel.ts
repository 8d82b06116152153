import { z } from 'zod';

/** How many runs of a study train side by side: a number, or as many as cores and memory of this machine allow. */
export const parallelSchema = z.union([z.literal('auto'), z.int().min(1).max(16)]);
export type Parallel = z.infer<typeof parallelSchema>;

/** Undefined for anything but `auto` and the numbers that are allowed. */
export function parseParallel(text: string): Parallel | undefined {
  return parallelSchema.safeParse(/^\d+$/.test(text) ? Number(text) : text).data;
}
