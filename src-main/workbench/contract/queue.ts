import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { QueueState } from '../../queue/state.ts';
import { answer } from './answer.ts';

export type { QueueEntry, QueueState } from '../../queue/state.ts';

const entry = z.strictObject({ kind: z.enum(['run', 'study']), id: z.string() });

/** What waits for the device: runs and studies, one at a time, in an order that outlives the program. */
export const queueContract = {
  get: oc.output(answer<QueueState>()),
  watch: oc.output(eventIterator(answer<QueueState>())),
  /**
   * Puts a run or study at the end, to be trained from its last checkpoint: also how one is resumed or retried. With
   * `only`, of a study these runs (`D`, `D@256`, `D@256#1`) and those they start from.
   */
  add: oc
    .input(z.strictObject({ ...entry.shape, only: z.array(z.string()).min(1).optional() }))
    .output(answer<QueueState>()),
  /** Places an entry that waits before another, or at the end. */
  move: oc.input(z.strictObject({ ...entry.shape, before: entry.nullable() })).output(answer<QueueState>()),
  /** Takes out one that waits; one under way is checkpointed and stopped. */
  remove: oc.input(entry).output(answer<QueueState>()),
  /** Checkpoints the one under way and marks it paused; the next one starts. */
  pause: oc.input(entry).output(answer<QueueState>()),
  /** While it is held, what is under way goes on and nothing else starts. */
  hold: oc.input(z.strictObject({ held: z.boolean() })).output(answer<QueueState>()),
};
