import { SqliteError } from 'better-sqlite3';
import { WorkbenchError, type ErrorCode } from '../foundation/errors.ts';
import { diskFailing } from '../foundation/systemErrors.ts';

export const damagedNextStep =
  'Move it away together with its -wal and -shm files: the runs are imported again from their folders at the next start.';

/** The statements are always the same, so one that SQLite does not understand means tables that are not as they were. */
const damage: ReadonlySet<string> = new Set([
  'SQLITE_NOTADB',
  'SQLITE_ERROR',
  'SQLITE_MISMATCH',
  'SQLITE_FORMAT',
  'SQLITE_SCHEMA',
]);

/** Turns SQLite errors that a person can act on into errors that say how; returns others unchanged. */
export function databaseError(error: unknown, path: string): unknown {
  if (!(error instanceof SqliteError)) return error;
  const { code } = error;
  const refuse = (name: ErrorCode, fact: string, nextStep: string) =>
    new WorkbenchError(name, fact, nextStep, { kind: 'failure', cause: error });
  if (damage.has(code) || code.startsWith('SQLITE_CORRUPT')) {
    return refuse('database-corrupt', `The database ${path} is damaged (${error.message}).`, damagedNextStep);
  }
  if (code.startsWith('SQLITE_IOERR')) {
    const { code: name, message, nextStep } = diskFailing(path, error.message);
    return refuse(name, message, nextStep);
  }
  if (code === 'SQLITE_FULL') {
    return refuse('disk-full', `No space is left to write ${path}.`, 'Free some space, then try again.');
  }
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return refuse(
      'database-busy',
      `Another process is using the database ${path}.`,
      'Wait for it to finish, then try again.',
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return refuse(
      'database-unwritable',
      `The database ${path} cannot be opened for writing (${error.message}).`,
      'Check the permissions of the folder or choose another data folder with --home.',
    );
  }
  return error;
}
