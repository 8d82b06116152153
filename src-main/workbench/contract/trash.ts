import { oc } from '@orpc/contract';
import { z } from 'zod';
import { idSchema } from '../../runs/records.ts';
import { answer } from './answer.ts';

/** A deleted run or study, which can be restored. */
export interface TrashedThing {
  kind: 'run' | 'study';
  id: string;
  /** What a person called it; empty unless given. */
  name: string;
  /** What a study compares; null for one of the paper's tables, and for a run. */
  comparison: { name: string; title: string } | null;
  /** Of a study; null for a run. */
  preset: string | null;
  removedAt: string;
  bytes: number;
}

/** Whole ids of runs and of studies in the trash. */
const things = z.strictObject({ runs: z.array(idSchema), studies: z.array(idSchema) });

export const trashContract = {
  /** What was deleted, the newest first. Runs are deleted for good after 30 days. */
  list: oc.output(answer<TrashedThing[]>()),
  /** Restores several at once; a study gets those of its runs that are restored with it. */
  restore: oc.input(things).output(answer<undefined>()),
  /** Deletes these for good. */
  empty: oc.input(things).output(answer<undefined>()),
};
