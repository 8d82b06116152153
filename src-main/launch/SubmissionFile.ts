import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { WorkbenchError } from '../foundation/errors.ts';
import { writeFileAtomically } from '../foundation/files.ts';
import { withLock } from '../foundation/lock.ts';
import { idSchema } from '../runs/records.ts';
import { clusterSchema } from './clusters.ts';
import { submissionFile } from './places.ts';

const givenRunSchema = z.strictObject({
  run: idSchema,
  key: z.string(),
  /** The run that it starts from, if that is in the submission too. */
  after: idSchema.nullable(),
  /** Its newest job; null before the scheduler has taken one. */
  job: z.string().nullable(),
  /** When the scheduler was last asked to take one, whether or not its answer came. */
  submittedAt: z.iso.datetime().nullable(),
  /** Jobs lost in a row, and what it had gained by the last of them. */
  lost: z.int(),
  gains: z.int(),
});
/** A run that was given to a cluster. */
export type GivenRun = z.infer<typeof givenRunSchema>;

const submissionSchema = z.strictObject({
  /** A study's id or a run's. */
  id: idSchema,
  kind: z.enum(['study', 'run']),
  cluster: z.string(),
  /** What clusters.yaml said of that then, with what the submission asked for instead: what is there is followed by it. */
  settings: clusterSchema,
  /** Whether a person has stopped it: nothing more is submitted. */
  stopped: z.boolean(),
  /** Why its waiting jobs are held, if they are. */
  held: z.string().nullable(),
  /** Whether nothing of it is under way or to come. */
  over: z.boolean(),
  /** Each after the one that it starts from. */
  runs: z.array(givenRunSchema),
});
export type SavedSubmission = z.infer<typeof submissionSchema>;

/**
 * What was given to a cluster, in the file that the login side alone writes. Undefined if nothing was.
 *
 * @throws WorkbenchError `submission-unreadable`: jobs may be under way that nobody knows of
 */
export function readSubmission(home: string, id: string): SavedSubmission | undefined {
  const path = submissionFile(home, id);
  if (!existsSync(path)) return undefined;
  try {
    return submissionSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new WorkbenchError(
      'submission-unreadable',
      `${path} does not say what is on a cluster: it is damaged, or of another version.`,
      'Put it back as it was. Or cancel the jobs that squeue shows with scancel, then move it away.',
      { kind: 'failure', cause },
    );
  }
}

/** Does some work as the only process that reads or writes a submission: a window and a command may both be attached. */
export function withSubmissionLock<Result>(
  home: string,
  id: string,
  work: () => Promise<Result>,
): Promise<Result> {
  return withLock(`${submissionFile(home, id)}.lock`, work);
}

/** @throws WorkbenchError `disk-full`, `write-failed` */
export function writeSubmission(home: string, submission: SavedSubmission): void {
  writeFileAtomically(submissionFile(home, submission.id), `${JSON.stringify(submission, null, 1)}\n`);
}
