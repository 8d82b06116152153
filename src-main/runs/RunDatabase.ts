import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { WorkbenchError } from '../foundation/errors.ts';
import { ensureFile, ensureFolder, fileError } from '../foundation/files.ts';
import { damagedNextStep, databaseError } from './databaseErrors.ts';
import { migrations as allMigrations } from './migrations.ts';
import type { Migration } from './migrations.ts';

/** Named parameters of a statement. SQLite has no booleans and keeps NaN as NULL. */
export type Parameters = Record<string, string | number | null | Uint8Array>;

export interface DatabaseOptions {
  /** Called for each statement that took longer than 40 ms. */
  onSlowStatement?: (name: string, milliseconds: number) => void;
  /** Milliseconds to wait while another process writes. */
  busyTimeout?: number;
}

const slowMilliseconds = 40;

/** The SQLite file of runs and studies: opens it, migrates it, and names and times its statements. */
export class RunDatabase {
  readonly path: string;
  readonly #connection: Sqlite.Database;
  readonly #onSlowStatement: (name: string, milliseconds: number) => void;

  /** @throws WorkbenchError `database-corrupt`, `database-too-new`, `database-busy`, `database-unwritable`, `disk-full` */
  constructor(path: string, options: DatabaseOptions = {}, migrations: readonly Migration[] = allMigrations) {
    this.path = path;
    this.#onSlowStatement = options.onSlowStatement ?? (() => undefined);
    let connection: Sqlite.Database | undefined;
    try {
      ensureFolder(dirname(path));
      ensureFile(path);
      if (existsSync(path) && !statSync(path).isFile()) throw noFile(path);
      connection = new Sqlite(path, { timeout: options.busyTimeout ?? 5000 });
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = NORMAL');
      connection.pragma('foreign_keys = ON');
      migrate(connection, migrations);
    } catch (error) {
      connection?.close();
      throw fileError(databaseError(error, path), path);
    }
    this.#connection = connection;
  }

  /**
   * Prepares a statement. Tables are STRICT, so that each row has the types its query expects.
   *
   * @param options.rows how each row is returned: as an object, as an array, or as its only value
   */
  statement<Row = never>(
    name: string,
    sql: string,
    { rows = 'objects' }: { rows?: 'objects' | 'arrays' | 'values' } = {},
  ): Statement<Row> {
    return this.#guarded(() => {
      const prepared = this.#connection.prepare<[Parameters], Row>(sql);
      if (rows === 'arrays') prepared.raw();
      if (rows === 'values') prepared.pluck();
      return new Statement(name, prepared, (action) => this.#timed(name, action));
    });
  }

  /** Runs all of `work` or none of it. `work` must not await, because all share one connection. */
  transaction<Result>(work: () => Result): Result {
    return this.#guarded(() => this.#connection.transaction(work).immediate());
  }

  /** What work would return; all that it changes is taken back. It must not await. */
  rehearse<Result>(work: () => Result): Result {
    return this.#guarded(() => {
      this.#connection.exec('BEGIN IMMEDIATE');
      try {
        return work();
      } finally {
        this.#connection.exec('ROLLBACK');
      }
    });
  }

  /** Reads several rows as they are at one moment, whatever other processes write. */
  snapshot<Result>(work: () => Result): Result {
    return this.#guarded(() => this.#connection.transaction(work).deferred());
  }

  get isOpen(): boolean {
    return this.#connection.open;
  }

  close(): void {
    this.#connection.close();
  }

  #timed<Result>(name: string, action: () => Result): Result {
    const start = performance.now();
    const result = this.#guarded(action);
    const milliseconds = performance.now() - start;
    if (milliseconds > slowMilliseconds) this.#onSlowStatement(name, milliseconds);
    return result;
  }

  #guarded<Result>(action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw databaseError(error, this.path);
    }
  }
}

/** A prepared statement with a name for the log. */
export class Statement<Row> {
  readonly name: string;
  readonly #prepared: Sqlite.Statement<[Parameters], Row>;
  readonly #timed: <Result>(action: () => Result) => Result;

  constructor(
    name: string,
    prepared: Sqlite.Statement<[Parameters], Row>,
    timed: <Result>(action: () => Result) => Result,
  ) {
    this.name = name;
    this.#prepared = prepared;
    this.#timed = timed;
  }

  /** The number of rows that changed. */
  run(parameters: Parameters): number {
    return this.#timed(() => this.#prepared.run(parameters).changes);
  }

  get(parameters: Parameters): Row | undefined {
    return this.#timed(() => this.#prepared.get(parameters));
  }

  all(parameters: Parameters = {}): Row[] {
    return this.#timed(() => this.#prepared.all(parameters));
  }
}

/** Applies the migrations that the file lacks, in one transaction. */
function migrate(connection: Sqlite.Database, migrations: readonly Migration[]): void {
  migrations.forEach(({ version }, index) => {
    if (version !== index + 1) throw new Error(`migration ${version} stands at place ${index + 1}`);
  });
  const latest = migrations.length;
  connection
    .transaction(() => {
      const found = Number(connection.pragma('user_version', { simple: true }));
      if (!Number.isSafeInteger(found) || found < 0) throw damagedVersion(connection.name, found);
      if (found > latest) {
        throw new WorkbenchError(
          'database-too-new',
          `The database ${connection.name} was made by a newer version of the workbench (format ${found}, this one knows ${latest}).`,
          'Update the workbench, or choose another data folder with --home.',
        );
      }
      for (const { version, update } of migrations.slice(found)) {
        connection.exec(update);
        connection.pragma(`user_version = ${version}`);
      }
    })
    .immediate();
}

function damagedVersion(path: string, found: number): WorkbenchError {
  return new WorkbenchError(
    'database-corrupt',
    `The database ${path} is damaged (its version reads ${found}).`,
    damagedNextStep,
    { kind: 'failure' },
  );
}

function noFile(path: string): WorkbenchError {
  return new WorkbenchError(
    'database-unwritable',
    `${path} is no file, so it cannot be the database.`,
    'Move it away, or choose another data folder with --home.',
    { kind: 'failure' },
  );
}
