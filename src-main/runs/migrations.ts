/** One step of the database's schema. Versions rise; a step that was released never changes. */
export interface Migration {
  version: number;
  update: string;
}

const statuses = "('queued', 'running', 'paused', 'interrupted', 'failed', 'finished')";

/** The tables of version 1, those that refer to others first. */
const firstTables = ['study_runs', 'studies', 'checkpoints', 'evaluations', 'metrics', 'series', 'runs'];

/** What counts as a change of a run: all that the list shows, and no sign of life. */
const noted = [
  { table: 'runs', event: 'INSERT', run: 'NEW.id' },
  {
    table: 'runs',
    event:
      'UPDATE OF name, tags, notes, colour, pinned, status, dataset, imported, error, environment, config',
    run: 'NEW.id',
  },
  { table: 'runs', event: 'DELETE', run: 'OLD.id' },
  ...['series', 'evaluations'].flatMap((table) => [
    { table, event: 'INSERT', run: 'NEW.run_id' },
    { table, event: 'UPDATE', run: 'NEW.run_id' },
    { table, event: 'DELETE', run: 'OLD.run_id' },
  ]),
];

/** Not INSERT OR REPLACE: in a trigger the conflict clause of the statement that fired it takes its place. */
function noteTrigger(
  table: string,
  event: string,
  run: string,
  name = event.slice(0, 6).toLowerCase(),
): string {
  return `CREATE TRIGGER note_${table}_${name} AFTER ${event} ON ${table} BEGIN
        UPDATE revisions SET latest = latest + 1;
        DELETE FROM changes WHERE run_id = ${run};
        INSERT INTO changes SELECT ${run}, latest FROM revisions;
      END;`;
}

export const migrations: readonly Migration[] = [
  // Version 2 recreates all tables: the folders hold everything that the first schema did, and it is read from there.
  { version: 1, update: '' },
  {
    version: 2,
    // The columns that lists need come first, the JSON documents last. Times are ISO 8601 in UTC, scales JSON.
    update: `
      ${firstTables.map((table) => `DROP TABLE IF EXISTS ${table};`).join('\n      ')}
      CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ${statuses}),
        created_at TEXT NOT NULL,
        started_at TEXT,
        finished_at TEXT,
        seed INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.training.seed')) STORED,
        net TEXT NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.network.config')) STORED,
        train_scale TEXT NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.data.trainScale')) STORED,
        evaluation TEXT NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.evaluation')) STORED,
        width REAL NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.network.width')) STORED,
        crop INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.network.crop')) STORED,
        outputs INTEGER GENERATED ALWAYS AS (coalesce(json_extract(config, '$.network.classes'), classes)) STORED,
        batch INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.training.batch')) STORED,
        epochs INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.training.epochs')) STORED,
        first_rate REAL NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.training.learningRate')) STORED,
        test_scales TEXT NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.evaluation.testScales')) STORED,
        protocol TEXT NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.evaluation.protocol')) STORED,
        configured_dataset TEXT NOT NULL GENERATED ALWAYS AS (json_extract(config, '$.data.dataset')) STORED,
        tags TEXT NOT NULL CHECK (json_valid(tags)),
        notes TEXT NOT NULL,
        colour TEXT,
        pinned INTEGER NOT NULL,
        dataset TEXT,
        dataset_fingerprint TEXT,
        val_fingerprint TEXT,
        train_images INTEGER,
        val_images INTEGER,
        skipped_images INTEGER,
        classes INTEGER,
        owner TEXT,
        heartbeat_at TEXT,
        imported INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        environment TEXT,
        config TEXT NOT NULL CHECK (json_valid(config))
      ) STRICT;
      CREATE INDEX runs_by_time ON runs (created_at, id);
      CREATE INDEX runs_under_way ON runs (id) WHERE status = 'running';

      -- Latest and extreme values stand apart, so that no list ever scans a series.
      CREATE TABLE series (
        id INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        points INTEGER NOT NULL,
        latest_step INTEGER NOT NULL,
        latest_epoch REAL,
        latest_seconds REAL,
        latest_value REAL,
        lowest_step INTEGER,
        lowest_epoch REAL,
        lowest_value REAL,
        highest_step INTEGER,
        highest_epoch REAL,
        highest_value REAL,
        UNIQUE (run_id, name)
      ) STRICT;

      -- SQLite keeps no NaN: a value of NULL is one.
      CREATE TABLE metrics (
        series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
        step INTEGER NOT NULL,
        epoch REAL NOT NULL,
        seconds REAL NOT NULL,
        value REAL,
        PRIMARY KEY (series_id, step)
      ) STRICT, WITHOUT ROWID;

      -- The same weights scored again by the same protocol on the same images replace the earlier result.
      CREATE TABLE evaluations (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        protocol TEXT NOT NULL,
        train_scale TEXT NOT NULL,
        test_scales TEXT NOT NULL,
        average TEXT NOT NULL,
        horizontal_flip INTEGER NOT NULL,
        checkpoint TEXT NOT NULL,
        step INTEGER NOT NULL,
        dataset TEXT NOT NULL,
        dataset_fingerprint TEXT NOT NULL,
        split TEXT NOT NULL,
        images INTEGER NOT NULL,
        top1_error REAL NOT NULL,
        top5_error REAL NOT NULL,
        seconds REAL NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (run_id, protocol, test_scales, average, horizontal_flip, checkpoint, step, dataset_fingerprint, split)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE checkpoints (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        -- A kept epoch is called epoch-0003.
        kind TEXT NOT NULL CHECK (kind IN ('last', 'best') OR kind GLOB 'epoch-[0-9][0-9][0-9][0-9]*'),
        step INTEGER NOT NULL,
        epoch REAL NOT NULL,
        path TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (run_id, kind)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE studies (
        id TEXT PRIMARY KEY,
        preset TEXT NOT NULL,
        dataset TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ${statuses}),
        created_at TEXT NOT NULL,
        finished_at TEXT,
        owner TEXT,
        heartbeat_at TEXT,
        definition TEXT NOT NULL CHECK (json_valid(definition))
      ) STRICT;

      CREATE TABLE study_runs (
        study_id TEXT NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        seed INTEGER NOT NULL,
        PRIMARY KEY (study_id, key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX study_runs_by_run ON study_runs (run_id);

      -- The latest change of each run, also of one that is gone. Revisions count on from the time at which the log was
      -- made, so that one of an earlier database is known as such.
      CREATE TABLE revisions (first INTEGER NOT NULL, latest INTEGER NOT NULL) STRICT;
      INSERT INTO revisions SELECT now, now FROM (SELECT unixepoch() * 1000 AS now);
      CREATE TABLE changes (run_id TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX changes_by_revision ON changes (revision);
      ${noted.map(({ table, event, run }) => noteTrigger(table, event, run)).join('\n      ')}
    `,
  },
  {
    version: 3,
    update: `
      ALTER TABLE runs ADD COLUMN unresponsive_since TEXT;
      ${noteTrigger('runs', 'UPDATE OF unresponsive_since', 'NEW.id', 'silence')}
    `,
  },
  {
    version: 4,
    // A change of the status, which the other trigger notes, also names this column.
    update: `
      ALTER TABLE runs ADD COLUMN log_bytes INTEGER;
      ALTER TABLE runs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
      -- Of each series only the latest points are rows of metrics; those before are packed in blocks.
      ALTER TABLE series ADD COLUMN rows INTEGER NOT NULL DEFAULT 0;
      UPDATE series SET rows = points;
      CREATE TABLE blocks (
        id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
        first_step INTEGER NOT NULL,
        last_step INTEGER NOT NULL,
        points INTEGER NOT NULL,
        -- Points as JSON; NULL if none of the block is finite.
        lowest TEXT,
        lowest_value REAL,
        highest TEXT,
        highest_value REAL,
        content BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX blocks_in_order ON blocks (series_id, first_step);
      DROP TRIGGER note_runs_silence;
      ${noteTrigger('runs', 'UPDATE OF unresponsive_since', 'NEW.id', 'silence').replace(
        ' BEGIN',
        ' WHEN OLD.unresponsive_since IS NOT NEW.unresponsive_since AND OLD.status = NEW.status BEGIN',
      )}
    `,
  },
  {
    version: 5,
    // How the training ended, as JSON; NULL where nobody has judged it yet.
    update: `
      ALTER TABLE runs ADD COLUMN convergence TEXT;
      ${noteTrigger('runs', 'UPDATE OF convergence', 'NEW.id', 'convergence').replace(
        ' BEGIN',
        ` WHEN coalesce(OLD.convergence, 'null') <> coalesce(NEW.convergence, 'null') AND OLD.status = NEW.status BEGIN`,
      )}
    `,
  },
  {
    version: 6,
    update: `
      ALTER TABLE studies ADD COLUMN name TEXT NOT NULL DEFAULT '';
      ALTER TABLE studies ADD COLUMN notes TEXT NOT NULL DEFAULT '';
    `,
  },
  {
    version: 7,
    // Judged anew: a schedule that had ended was not distinguished from a training that could have gone on.
    update: `UPDATE runs SET convergence = NULL WHERE convergence LIKE '%"improving"%'`,
  },
];
