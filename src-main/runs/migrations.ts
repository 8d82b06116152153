/** One step of the database's schema. Versions rise; a step that was released never changes. */
export interface Migration {
  version: number;
  update: string;
}

const statuses = "('queued', 'running', 'paused', 'interrupted', 'failed', 'finished')";

export const migrations: readonly Migration[] = [
  {
    version: 1,
    // What lists need comes first in the row, the JSON documents last. Times are ISO 8601 in UTC, scales JSON.
    update: `
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

      -- Latest and extreme values stand apart, so that no list ever scans a series.
      CREATE TABLE series (
        id INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        points INTEGER NOT NULL,
        latest_step INTEGER NOT NULL,
        latest_value REAL,
        lowest_step INTEGER,
        lowest_value REAL,
        highest_step INTEGER,
        highest_value REAL,
        UNIQUE (run_id, name)
      ) STRICT;
      CREATE INDEX series_by_name ON series (name, run_id);

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
        kind TEXT NOT NULL CHECK (kind IN ('last', 'best')),
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
    `,
  },
  {
    version: 2,
    // Weights kept after an epoch: `epoch-0003`. SQLite changes a CHECK only with its table.
    update: `
      CREATE TABLE kept_checkpoints (
        run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('last', 'best') OR kind GLOB 'epoch-[0-9][0-9][0-9][0-9]*'),
        step INTEGER NOT NULL,
        epoch REAL NOT NULL,
        path TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (run_id, kind)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO kept_checkpoints SELECT run_id, kind, step, epoch, path, bytes, created_at FROM checkpoints;
      DROP TABLE checkpoints;
      ALTER TABLE kept_checkpoints RENAME TO checkpoints;
    `,
  },
];
