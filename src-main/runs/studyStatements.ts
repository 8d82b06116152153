import type { RunDatabase } from './RunDatabase.ts';
import type { StudyRow, StudyRun } from './study.ts';

/** What is asked of the rows of studies. */
export function studyStatements(database: RunDatabase) {
  const columns =
    'id, name, notes, preset, dataset, status, created_at AS createdAt, finished_at AS finishedAt, owner, heartbeat_at, definition';
  return {
    put: database.statement(
      'studies.put',
      `INSERT INTO studies (id, name, notes, preset, dataset, status, created_at, finished_at, owner, definition)
       VALUES (@id, @name, @notes, @preset, @dataset, @status, @createdAt, @finishedAt, @owner, @definition)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, notes = excluded.notes, preset = excluded.preset, dataset = excluded.dataset, status = excluded.status,
         created_at = excluded.created_at, finished_at = excluded.finished_at, owner = excluded.owner,
         definition = excluded.definition`,
    ),
    setStatus: database.statement(
      'studies.setStatus',
      `UPDATE studies SET status = @status, finished_at = @finishedAt, owner = @owner, heartbeat_at = @heartbeatAt
       WHERE id = @id`,
    ),
    redefine: database.statement(
      'studies.redefine',
      'UPDATE studies SET definition = @definition WHERE id = @id',
    ),
    annotate: database.statement(
      'studies.annotate',
      'UPDATE studies SET name = coalesce(@name, name), notes = coalesce(@notes, notes) WHERE id = @id',
    ),
    heartbeat: database.statement(
      'studies.heartbeat',
      `UPDATE studies SET heartbeat_at = @at WHERE id = @id AND status = 'running'`,
    ),
    list: database.statement<StudyRow>(
      'studies.list',
      `SELECT ${columns} FROM studies ORDER BY created_at DESC, id DESC`,
    ),
    ids: database.statement<{ id: string }>(
      'studies.ids',
      'SELECT id FROM studies ORDER BY created_at DESC, id DESC',
    ),
    get: database.statement<StudyRow>('studies.get', `SELECT ${columns} FROM studies WHERE id = @id`),
    remove: database.statement('studies.remove', 'DELETE FROM studies WHERE id = @id'),
    putRun: database.statement(
      'studies.putRun',
      'INSERT OR REPLACE INTO study_runs (study_id, key, run_id, seed) VALUES (@studyId, @key, @runId, @seed)',
    ),
    adoptRun: database.statement(
      'studies.adoptRun',
      `INSERT OR REPLACE INTO study_runs (study_id, key, run_id, seed) SELECT @studyId, @key, id, @seed FROM runs WHERE id = @runId`,
    ),
    placesOf: database.statement<{ studyId: string; key: string; seed: number }>(
      'studies.placesOf',
      'SELECT study_id AS studyId, key, seed FROM study_runs WHERE run_id = @runId',
    ),
    runsOf: database.statement<StudyRun>(
      'studies.runsOf',
      'SELECT key, run_id AS runId, seed FROM study_runs WHERE study_id = @studyId ORDER BY key',
    ),
  };
}
