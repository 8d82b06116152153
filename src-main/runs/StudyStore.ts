import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { studyBusy, studyExists } from './errors.ts';
import {
  readStudy,
  removeStudy,
  studyFile,
  studyIds,
  writeStudy,
  type StudyRecord,
} from './folder/studyFile.ts';
import { resolveId } from './ids.ts';
import { parseJson, toJson } from './json.ts';
import { ownerIn, statusColumns, statusNow } from './owner.ts';
import type { Owner, RunStatus } from './records.ts';
import type { RunDatabase } from './RunDatabase.ts';

/** A set of runs with one purpose, for example the rows of Tables 3 and 4. */
export interface Study {
  id: string;
  preset: string;
  dataset: string;
  status: RunStatus;
  createdAt: string;
  finishedAt: string | null;
  owner: Owner | null;
  /** What is to be run; the code that runs it defines its form. */
  definition: Record<string, unknown>;
}

/** A run's place in a study. */
export interface StudyRun {
  /** `D@256-512#1`: net, S and seed. */
  key: string;
  runId: string;
  seed: number;
}

interface StudyRow extends Omit<Study, 'owner' | 'definition'> {
  owner: string | null;
  heartbeat_at: string | null;
  definition: string;
}

const definitionSchema = z.record(z.string(), z.unknown());

/** Studies and the runs in them: each study's file is the truth, and rows are an index over the files. */
export class StudyStore {
  readonly #database: RunDatabase;
  readonly #folder: string;
  readonly #statements;

  /** @param folder for the studies' files; made when first needed */
  constructor(database: RunDatabase, folder: string) {
    this.#database = database;
    this.#folder = folder;
    this.#statements = statements(database);
  }

  put(study: Study): void {
    this.#change(study.id, () => {
      this.#putRow(study);
    });
  }

  /**
   * Makes the rows of studies that have only a file, without the runs that are gone.
   *
   * @param failed is called for each file that cannot be read; the others are still added
   */
  adopt(failed: (path: string, error: unknown) => void): void {
    const known = new Set(this.#statements.ids.all().map(({ id }) => id));
    for (const id of studyIds(this.#folder).filter((each) => !known.has(each))) {
      try {
        this.#adopt({ ...readStudy(this.#folder, id), id });
      } catch (error) {
        failed(studyFile(this.#folder, id), error);
      }
    }
  }

  /**
   * Adds a study from elsewhere, with those of its runs that exist here. An existing study gets only the runs it lacks.
   *
   * @throws WorkbenchError `study-exists` if a study with another definition has its id
   */
  takeIn(record: StudyRecord): void {
    const { id } = record;
    this.#change(id, () => {
      if (!this.#statements.ids.all().some((known) => known.id === id)) this.#adopt(record);
      else {
        if (!isDeepStrictEqual(this.get(id).definition, record.definition)) throw studyExists(id);
        const taken = new Set(this.runsOf(id).map(({ key }) => key));
        for (const run of record.runs.filter(({ key }) => !taken.has(key)))
          this.#statements.adoptRun.run({ studyId: id, ...run });
      }
    });
  }

  /**
   * Makes this process the one that runs a study. If several try at once, one succeeds.
   *
   * @throws WorkbenchError `study-busy` if it is under way
   */
  claim(id: string): void {
    this.#database.transaction(() => {
      if (this.get(id).status === 'running') throw studyBusy(id);
      this.setStatus(id, 'running');
    });
  }

  /** A running study belongs to the given process, or to this one if none is given. */
  setStatus(
    requested: string,
    status: RunStatus,
    { owner, at = new Date() }: { owner?: Owner; at?: Date } = {},
  ): void {
    const id = this.resolve(requested);
    this.#change(id, () => {
      this.#statements.setStatus.run({ id, ...statusColumns(status, at, owner) });
    });
  }

  /** Changes what a study is to do, even while it is under way. */
  redefine(requested: string, definition: Record<string, unknown>): void {
    const id = this.resolve(requested);
    this.#change(id, () => {
      this.#statements.redefine.run({ id, definition: JSON.stringify(definition) });
    });
  }

  /** Deletes a study; its runs stay. @throws WorkbenchError `study-busy` while it is under way */
  remove(requested: string): void {
    this.#database.transaction(() => {
      const { id, status } = this.get(requested);
      if (status === 'running') throw studyBusy(id);
      this.#statements.remove.run({ id });
      removeStudy(this.#folder, id);
    });
  }

  /** A sign of life, for other machines that share the data folder. */
  heartbeat(id: string, at = new Date()): void {
    this.#statements.heartbeat.run({ id, at: at.toISOString() });
  }

  /** All studies, newest first. */
  list(): Study[] {
    return this.#statements.list.all().map(studyOf);
  }

  /** @throws WorkbenchError `study-not-found`, `study-ambiguous`, `record-unreadable` */
  get(requested: string): Study {
    const row = this.#statements.get.get({ id: this.resolve(requested) });
    if (row === undefined) throw new Error(`study ${requested} was deleted while it was read`);
    return studyOf(row);
  }

  /** The whole id. @throws WorkbenchError `study-not-found`, `study-ambiguous` */
  resolve(requested: string): string {
    const ids = this.#statements.ids.all().map(({ id }) => id);
    return resolveId('study', ids, requested);
  }

  /** Gives a run its place in a study; a run that had the place loses it. */
  putRun(studyId: string, { key, runId, seed }: StudyRun): void {
    this.#change(studyId, () => {
      this.#statements.putRun.run({ studyId, key, runId, seed });
    });
  }

  /** The path of a study's file. */
  file(id: string): string {
    return studyFile(this.#folder, id);
  }

  /** The places of a run in studies. */
  placesOf(runId: string): { studyId: string; key: string; seed: number }[] {
    return this.#statements.placesOf.all({ runId });
  }

  runsOf(studyId: string): StudyRun[] {
    return this.#statements.runsOf.all({ studyId });
  }

  #adopt({ runs, ...study }: StudyRecord): void {
    const status = study.status === 'running' ? 'interrupted' : study.status;
    this.#database.transaction(() => {
      this.#putRow({ ...study, status, owner: null });
      for (const run of runs) this.#statements.adoptRun.run({ studyId: study.id, ...run });
    });
  }

  #putRow(study: Study): void {
    this.#statements.put.run({
      ...study,
      owner: toJson(study.owner),
      definition: JSON.stringify(study.definition),
    });
  }

  /** The rows and the file change together: if the file cannot be written, the rows stay as they were. */
  #change(id: string, update: () => void): void {
    this.#database.transaction(() => {
      update();
      const { owner: _owner, ...study } = this.get(id);
      writeStudy(this.#folder, { ...study, runs: this.runsOf(id) });
    });
  }
}

function statements(database: RunDatabase) {
  const columns =
    'id, preset, dataset, status, created_at AS createdAt, finished_at AS finishedAt, owner, heartbeat_at, definition';
  return {
    put: database.statement(
      'studies.put',
      `INSERT INTO studies (id, preset, dataset, status, created_at, finished_at, owner, definition)
       VALUES (@id, @preset, @dataset, @status, @createdAt, @finishedAt, @owner, @definition)
       ON CONFLICT (id) DO UPDATE SET preset = excluded.preset, dataset = excluded.dataset, status = excluded.status,
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
      `INSERT INTO study_runs (study_id, key, run_id, seed) SELECT @studyId, @key, id, @seed FROM runs WHERE id = @runId`,
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

function studyOf({ heartbeat_at, ...row }: StudyRow): Study {
  const what = `study ${row.id}`;
  return {
    ...row,
    owner: ownerIn(row.owner, what),
    status: statusNow({ ...row, heartbeat_at }, what),
    definition: parseJson(definitionSchema, row.definition, `definition of study ${row.id}`),
  };
}
