import { statSync, utimesSync } from 'node:fs';
import type { RunFolder } from './RunFolder.ts';

/*
 * The trainer of a run dates its lock file again and again. Every machine that shares the data folder sees that, whether or
 * not the process that leads the training still runs, and locks hold between machines.
 */

/** How long a process on another machine may give no sign of life, which is all that is known of it. */
const silenceMilliseconds = 120_000;

export function giveSign({ lock }: RunFolder): void {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {
    // There is none yet, or the next one succeeds.
  }
}

/** When the trainer of a folder last gave a sign of life, in milliseconds since 1970; 0 if none ever did. */
export function lastSign({ lock }: RunFolder): number {
  return statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether a sign of life is recent. */
export function isRecent(sign: number, now = Date.now()): boolean {
  return now - sign < silenceMilliseconds;
}
