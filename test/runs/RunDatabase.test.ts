import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';
import { RunDatabase } from '../../src-main/runs/RunDatabase.ts';
import { migrations } from '../../src-main/runs/migrations.ts';
import { codeOf, config, openLog, point } from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

function refusal(action: () => unknown): WorkbenchError {
  try {
    action();
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
    throw error;
  }
  throw new Error('the database was accepted');
}

describe('RunDatabase', () => {
  it('is in WAL mode with foreign keys, STRICT tables and the newest version', () => {
    const path = join(temporaryFolder(), 'deep', 'log.sqlite');
    const database = new RunDatabase(path);
    const setting = (name: string) =>
      database.statement<Record<string, unknown>>(name, `PRAGMA ${name}`).get({});
    expect(setting('journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(setting('foreign_keys')).toEqual({ foreign_keys: 1 });
    expect(setting('synchronous')).toEqual({ synchronous: 1 });
    expect(setting('user_version')).toEqual({ user_version: migrations.length });
    const tables = database
      .statement<{ strict: number }>(
        'tables',
        `SELECT strict FROM pragma_table_list
      WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    expect(tables.length).toBeGreaterThan(6);
    expect(tables.every(({ strict }) => strict === 1)).toBe(true);
    database.close();
  });

  it('applies what is missing, and nothing of a migration that fails', () => {
    const path = join(temporaryFolder(), 'log.sqlite');
    const first = { version: 1, update: 'CREATE TABLE one (a INTEGER) STRICT' };
    const broken = {
      version: 2,
      update: 'CREATE TABLE two (a INTEGER) STRICT; CREATE TABLE one (b INTEGER) STRICT',
    };
    const second = { version: 2, update: 'CREATE TABLE two (a INTEGER) STRICT' };
    new RunDatabase(path, {}, [first]).close();
    expect(() => new RunDatabase(path, {}, [first, broken])).toThrow(/one already exists/);
    const database = new RunDatabase(path, {}, [first, second]);
    expect(database.statement('two', 'SELECT * FROM two').all()).toEqual([]);
    database.close();
  });

  it('refuses migrations out of order', () => {
    const path = join(temporaryFolder(), 'log.sqlite');
    const update = 'SELECT 1';
    expect(() => new RunDatabase(path, {}, [{ version: 2, update }])).toThrow(/place 1/);
    expect(
      () =>
        new RunDatabase(path, {}, [
          { version: 1, update },
          { version: 1, update },
        ]),
    ).toThrow(/place 2/);
  });

  it('refuses a database of a newer version and leaves it as it is', () => {
    const path = join(temporaryFolder(), 'log.sqlite');
    new RunDatabase(path).close();
    const raw = new Sqlite(path);
    raw.pragma('user_version = 999');
    raw.close();
    const before = readFileSync(path);
    const error = refusal(() => new RunDatabase(path));
    expect(error.code).toBe('database-too-new');
    expect(error.message).toContain(path);
    expect(error.message).toContain('999');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('names a file that is no database', () => {
    const path = join(temporaryFolder(), 'log.sqlite');
    writeFileSync(path, 'this is not a database at all, however long it may be. '.repeat(100));
    const error = refusal(() => new RunDatabase(path));
    expect(error.code).toBe('database-corrupt');
    expect(error.message).toContain(path);
    expect(error.nextStep).toContain('imported again');
  });

  it('names a database whose inner pages are damaged', () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const { id } = log.create({ config: config() });
    log.metrics.append(
      id,
      Array.from({ length: 20_000 }, (_, step) => point(step, step)),
    );
    log.close();
    const path = join(home, 'workbench.sqlite');
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(statSync(path).size - 8192, 0xa5), 0, undefined, 8192);
    closeSync(file);
    const damaged = () => {
      const reopened = openLog(home);
      reopened.list.all();
      reopened.metrics.read(id);
    };
    expect(codeOf(damaged)).toBe('database-corrupt');
  });

  it.each([
    ['a version below 0', 'PRAGMA user_version = -5'],
    ['a version that its tables are beyond', 'PRAGMA user_version = 2'],
    ['a table that is gone', 'DROP TABLE evaluations'],
    ['a column that is gone', 'ALTER TABLE series DROP COLUMN rows'],
  ])('names a database with %s', (_, damage) => {
    const home = temporaryFolder();
    openLog(home).close();
    const raw = new Sqlite(join(home, 'workbench.sqlite'));
    raw.exec(damage);
    raw.close();
    const error = refusal(() => openLog(home));
    expect(error.code).toBe('database-corrupt');
    expect(error.nextStep).toContain('imported again');
  });

  it.runIf(existsSync('/dev/null'))('refuses a device in place of a database', () => {
    const home = temporaryFolder();
    symlinkSync('/dev/null', join(home, 'workbench.sqlite'));
    expect(codeOf(() => openLog(home))).toMatch(/^database-(corrupt|unwritable)$/);
  });

  it('says when the path cannot be written', () => {
    const path = join(temporaryFolder(), 'log.sqlite');
    mkdirSync(path);
    expect(codeOf(() => new RunDatabase(path))).toBe('database-unwritable');
  });

  it('says when another process keeps writing', () => {
    const path = join(temporaryFolder(), 'log.sqlite');
    const one = new RunDatabase(path);
    const other = new RunDatabase(path, { busyTimeout: 20 });
    one.transaction(() => {
      expect(
        codeOf(() => {
          other.transaction(() => 0);
        }),
      ).toBe('database-busy');
    });
    expect(other.transaction(() => 7)).toBe(7);
    one.close();
    other.close();
  });

  it('tells the name of a slow statement, and of no other', () => {
    const slow: string[] = [];
    const database = new RunDatabase(join(temporaryFolder(), 'log.sqlite'), {
      onSlowStatement: (name, milliseconds) => {
        expect(milliseconds).toBeGreaterThan(40);
        slow.push(name);
      },
    });
    database.statement('quick', 'SELECT 1').all();
    database
      .statement(
        'count',
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT sum(i) FROM n`,
      )
      .all();
    expect(slow).toEqual(['count']);
    database.close();
  });

  it('is made anew from the folders of runs when it was moved away', () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const { id } = log.create({ config: config(), name: 'kept' });
    log.create({ config: config() });
    log.close();
    for (const suffix of ['', '-wal', '-shm']) {
      const path = join(home, `workbench.sqlite${suffix}`);
      if (existsSync(path)) writeFileSync(path, 'damaged');
    }
    expect(codeOf(() => openLog(home))).toBe('database-corrupt');

    const moved = openLog(rebuiltHome(home));
    expect(moved.rebuilt).toMatchObject({ failed: [] });
    expect(moved.list.all()).toHaveLength(2);
    expect(moved.runs.get(id).name).toBe('kept');
  });
});

function rebuiltHome(home: string): string {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(home, `workbench.sqlite${suffix}`), { force: true });
  return home;
}
