import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite, { SqliteError } from 'better-sqlite3';
import { WorkbenchError } from '../../foundation/errors.ts';
import { ensureFile, fileError } from '../../foundation/files.ts';
import { databaseError } from '../databaseErrors.ts';
import type { RunFolder } from './RunFolder.ts';

const millisecondsBetweenLooks = 100;
const millisecondsForAnother = 60_000;

/**
 * Holds a run's folder for one trainer. The lock is the operating system's, acquired through SQLite on an empty file.
 * It is released when the process ends, however it ends, so that no stale lock remains.
 */
export class RunLock {
  readonly #connection: Sqlite.Database;

  /**
   * @param patience milliseconds to wait while another process holds the folder
   * @throws WorkbenchError `run-locked` if it is still held then
   */
  constructor(folder: RunFolder, patience = 0) {
    let connection: Sqlite.Database | undefined;
    try {
      ensureFile(folder.lock);
      connection = new Sqlite(folder.lock, { timeout: patience });
      connection.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      connection?.close();
      if (error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY'))
        throw runLocked(folder, error);
      throw fileError(databaseError(error, folder.lock), folder.lock);
    }
    this.#connection = connection;
  }

  release(): void {
    this.#connection.close();
  }
}

export function runLocked(folder: RunFolder, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'run-locked',
    `Another process is training the run in ${folder.path}.`,
    'Wait for it or stop it, then try again.',
    { cause },
  );
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

/**
 * Waits until no trainer holds the folder: one whose workbench was killed still finishes its step and checkpoint.
 *
 * @returns false if the signal aborts first
 * @throws WorkbenchError `run-locked` after a minute
 */
export async function waitForFolder(folder: RunFolder, signal: AbortSignal): Promise<boolean> {
  for (const began = performance.now(); isLocked(folder);) {
    if (signal.aborted) return false;
    if (performance.now() - began > millisecondsForAnother) throw runLocked(folder);
    await sleep(millisecondsBetweenLooks);
  }
  return true;
}
