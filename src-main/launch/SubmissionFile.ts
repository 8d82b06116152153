import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomically } from '../foundation/files.ts';
import { idSchema } from '../runs/records.ts';
import { askedSchema } from './clusters.ts';
import { submissionFile } from './places.ts';

const givenSchema = z.strictObject({
  run: idSchema,
  key: z.string(),
  /** The run that it starts from, if that is in the submission too. */
  after: idSchema.nullable(),
  /** Its newest job; null before the scheduler has taken one. */
  job: z.string().nullable(),
  /** When that was submitted. */
  submittedAt: z.iso.datetime().nullable(),
  /** Jobs lost in a row, and what it had gained by the last of them. */
  lost: z.int(),
  gains: z.int(),
});
export type Given = z.infer<typeof givenSchema>;

const submissionSchema = z.strictObject({
  /** A study's id or a run's. */
  id: idSchema,
  kind: z.enum(['study', 'run']),
  cluster: z.string(),
  asked: askedSchema,
  /** Whether a person has stopped it: nothing more is submitted. */
  stopped: z.boolean(),
  /** Why its waiting jobs are held, if they are. */
  held: z.string().nullable(),
  /** Whether nothing of it is under way or to come. */
  over: z.boolean(),
  /** Each after the one that it starts from. */
  runs: z.array(givenSchema),
});
export type SavedSubmission = z.infer<typeof submissionSchema>;

/** What was given to a cluster, in the file that the login side alone writes. Undefined if nothing was. */
export function readSubmission(home: string, id: string): SavedSubmission | undefined {
  const path = submissionFile(home, id);
  if (!existsSync(path)) return undefined;
  const result = submissionSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  return result.data;
}

/** @throws WorkbenchError `disk-full`, `write-failed` */
export function writeSubmission(home: string, submission: SavedSubmission): void {
  writeFileAtomically(submissionFile(home, submission.id), `${JSON.stringify(submission, null, 1)}\n`);
}

export function removeSubmission(home: string, id: string): void {
  rmSync(submissionFile(home, id), { force: true });
}
