import { statfsSync } from 'node:fs';
import { WorkbenchError } from '../../foundation/errors.ts';

/** Refuses to start what would not fit. @throws WorkbenchError `disk-full` */
export function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw diskFull(
    `The set-up of TensorFlow needs ${gigabytes(bytes)} in ${folder}, where ${gigabytes(free)} are free.`,
  );
}

/** Turns the error of a disk that became full during set-up into one that says what to do; passes others on. */
export function spaceError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return diskFull(`No space was left in ${folder} during the set-up of TensorFlow.`, error);
}

export function diskFull(fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'disk-full',
    fact,
    'Free some space, or choose another folder with VGG_CACHE=<folder>, and run the same command again.',
    { kind: 'failure', cause },
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
