import type { RunConfig } from './schema.ts';

/** Images that a process has in the net at once: a micro-batch, else its share of the batch. */
export function imagesAtOnce({ batch, microBatch, processes }: RunConfig['training']): number {
  return microBatch ?? batch / processes;
}
