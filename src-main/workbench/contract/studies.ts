import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { Study, StudyRun } from '../../runs/StudyStore.ts';
import type { StudyEvent } from '../../studies/ActiveStudy.ts';
import type { StudySnapshot } from '../../studies/StudyProgress.ts';
import type { ResultTable } from '../../tables/resultTable.ts';
import { answer, id } from './answer.ts';

export interface StudyDetails {
  study: Study;
  runs: StudyRun[];
  /** Where each of its runs stands, also while it is not under way. */
  progress: StudySnapshot;
}

const tableNumber = z.union([z.literal(3), z.literal(4)]);

export const studiesContract = {
  list: oc.output(answer<Study[]>()),
  get: oc.input(id).output(answer<StudyDetails>()),
  /** A new study, queued; or the one with the same definition, unless `fresh`. */
  create: oc
    .input(
      z.strictObject({
        preset: z.string(),
        dataset: z.string().optional(),
        /** In place of the preset's. */
        seeds: z.array(z.int().min(0)).min(1).optional(),
        overrides: z.array(z.string()).default([]),
        fresh: z.boolean().default(false),
      }),
    )
    .output(answer<{ id: string; known: boolean }>()),
  /** Trains now what the study still lacks. */
  start: oc.input(id).output(answer<undefined>()),
  watch: oc.input(id).output(eventIterator(answer<StudyEvent>())),
  stop: oc
    .input(z.strictObject({ id: z.string(), now: z.boolean().default(false) }))
    .output(answer<undefined>()),
};

export const tablesContract = {
  get: oc.input(z.strictObject({ study: z.string(), table: tableNumber })).output(answer<ResultTable>()),
  render: oc
    .input(
      z.strictObject({
        study: z.string(),
        table: tableNumber,
        format: z.enum(['csv', 'markdown', 'latex']),
      }),
    )
    .output(answer<string>()),
};
