import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { QueueState } from '../../queue/state.ts';
import { parallelSchema } from '../../vocabulary/parallel.ts';
import { answer } from './answer.ts';

export type { QueueEntry, QueueState } from '../../queue/state.ts';

const entry = z.strictObject({ kind: z.enum(['run', 'study']), id: z.string() });

/** The runs and studies that wait for the device, trained one at a time, in an order that outlives the program. */
export const queueContract = {
  get: oc.output(answer<QueueState>()),
  watch: oc.output(eventIterator(answer<QueueState>())),
  /**
   * Adds a run or study at the end, to be trained from its last checkpoint; this also resumes or retries it. With
   * `only`, a study trains just these runs (`D`, `D@256`, `D@256#1`) and those they start from; with `parallel`, so many
   * at once. With `fromBest`, a run goes on from its best checkpoint, and what came later is trained again.
   */
  add: oc
    .input(
      z.strictObject({
        ...entry.shape,
        only: z.array(z.string()).min(1).optional(),
        parallel: parallelSchema.optional(),
        fromBest: z.boolean().optional(),
      }),
    )
    .output(answer<QueueState>()),
  /** Moves a waiting entry before another, or to the end. */
  move: oc.input(z.strictObject({ ...entry.shape, before: entry.nullable() })).output(answer<QueueState>()),
  /** Removes a waiting entry; one under way is checkpointed and stopped. */
  remove: oc.input(entry).output(answer<QueueState>()),
  /** Checkpoints the current entry and marks it paused; the next one starts. */
  pause: oc.input(entry).output(answer<QueueState>()),
  /** Holds or releases the queue. While it is held, the current entry goes on and nothing else starts. */
  hold: oc.input(z.strictObject({ held: z.boolean() })).output(answer<QueueState>()),
};
