import Sqlite, { SqliteError } from 'better-sqlite3';
import { WorkbenchError } from '../../foundation/errors.ts';
import { fileError } from '../../foundation/files.ts';
import { databaseError } from '../databaseErrors.ts';
import type { RunFolder } from './RunFolder.ts';

/**
 * Holds a run's folder for one trainer. The lock is the operating system's, taken through SQLite on an empty file: it
 * falls with the process, however that dies, so that none is ever left behind.
 */
export class RunLock {
  readonly #connection: Sqlite.Database;

  /** @throws WorkbenchError `run-locked` if another trainer holds the folder */
  constructor(folder: RunFolder) {
    let connection: Sqlite.Database | undefined;
    try {
      connection = new Sqlite(folder.lock, { timeout: 0 });
      connection.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      connection?.close();
      if (error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY')) {
        throw new WorkbenchError(
          'run-locked',
          `Another process is training the run in ${folder.path}.`,
          'Wait for it or stop it, then try again.',
          { cause: error },
        );
      }
      throw fileError(databaseError(error, folder.lock), folder.lock);
    }
    this.#connection = connection;
  }

  release(): void {
    this.#connection.close();
  }
}

/** Whether a trainer holds the folder now. */
export function isLocked(folder: RunFolder): boolean {
  try {
    new RunLock(folder).release();
    return false;
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'run-locked') return true;
    throw error;
  }
}
