import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { studyBusy, studyExists } from './errors.ts';
import {
  deleteTrashedStudy,
  readStudy,
  removeStudy,
  restoreStudy,
  studyFile,
  studyIds,
  trashedStudies,
  writeStudy,
  type StudyRecord,
  type TrashedStudyFile,
} from './folder/studyFile.ts';
import { resolveId } from './ids.ts';
import { parseJson, toJson } from './json.ts';
import { ownerIn, statusColumns, statusNow } from './owner.ts';
import type { Owner, RunStatus } from './records.ts';
import type { Study, StudyRow, StudyRun } from './study.ts';
import { studyStatements } from './studyStatements.ts';
import type { RunDatabase } from './RunDatabase.ts';
import { UnwrittenEnds, type UnwrittenEnd } from './UnwrittenEnds.ts';

const definitionSchema = z.record(z.string(), z.unknown());

/** Studies and the runs in them: each study's file is the truth, and rows are an index over the files. */
export class StudyStore {
  readonly #database: RunDatabase;
  readonly #folder: string;
  readonly #statements;
  readonly #unwritten = new UnwrittenEnds<UnwrittenEnd>((id, { status, at }) => {
    this.setStatus(id, status, { at });
  });

  /** @param folder for the studies' files; made when first needed */
  constructor(database: RunDatabase, folder: string) {
    this.#database = database;
    this.#folder = folder;
    this.#statements = studyStatements(database);
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
   * @param options.again whether those that have rows are read too, since another machine may have changed them
   */
  adopt(failed: (path: string, error: unknown) => void, { again = false } = {}): void {
    const known = new Set(this.#statements.ids.all().map(({ id }) => id));
    const isDue = (id: string) => !known.has(id) || (again && this.get(id).status !== 'running');
    for (const id of studyIds(this.#folder).filter(isDue)) {
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
    this.#unwritten.drop(id);
  }

  /** Records that a study has ended; if that cannot be written now, as soon as it can. */
  setEnded(id: string, status: RunStatus): void {
    const end = { status, at: new Date() };
    try {
      this.setStatus(id, status, end);
    } catch {
      this.#unwritten.keep(id, end);
    }
  }

  /** Changes what a study is to do, even while it is under way. */
  redefine(requested: string, definition: Record<string, unknown>): void {
    const id = this.resolve(requested);
    this.#change(id, () => {
      this.#statements.redefine.run({ id, definition: JSON.stringify(definition) });
    });
  }

  /** Names a study or writes notes of it, even while it is under way; what is left out stays. */
  annotate(
    requested: string,
    { name, notes }: { name?: string | undefined; notes?: string | undefined },
  ): void {
    const id = this.resolve(requested);
    this.#change(id, () => {
      this.#statements.annotate.run({ id, name: name ?? null, notes: notes ?? null });
    });
  }

  /** Deletes a study; its runs stay. @throws WorkbenchError `study-busy` while it is under way */
  remove(requested: string): void {
    this.#database.transaction(() => {
      const { id, status } = this.get(requested);
      if (status === 'running') throw studyBusy(id);
      this.#statements.remove.run({ id });
      this.#unwritten.drop(id);
      removeStudy(this.#folder, id);
    });
  }

  /** Takes a deleted study back, with the runs that it had. @throws WorkbenchError `study-not-found`, `write-failed` */
  restore(id: string): StudyRecord {
    restoreStudy(this.#folder, id);
    const record = readStudy(this.#folder, id);
    this.#adopt(record);
    return record;
  }

  /** Deleted studies that can be restored. */
  trashed(): TrashedStudyFile[] {
    return trashedStudies(this.#folder);
  }

  /** Deletes a deleted study for good. */
  deleteTrashed(id: string): void {
    deleteTrashedStudy(this.#folder, id);
  }

  /** A sign of life, for other machines that share the data folder. */
  heartbeat(id: string, at = new Date()): void {
    this.#statements.heartbeat.run({ id, at: at.toISOString() });
  }

  /** All studies, newest first. */
  list(): Study[] {
    return this.#statements.list.all().map((row) => this.#asItIs(studyOf(row)));
  }

  /** @throws WorkbenchError `study-not-found`, `study-ambiguous`, `record-unreadable` */
  get(requested: string): Study {
    return this.#asItIs(this.#stored(requested));
  }

  /** Writes what could not be written yet, if that is possible now. */
  close(): void {
    this.#unwritten.end();
  }

  /** The whole id. @throws WorkbenchError `study-not-found`, `study-ambiguous` */
  resolve(requested: string): string {
    const ids = this.#statements.ids.all().map(({ id }) => id);
    return resolveId('study', ids, requested);
  }

  /** Gives a run its place in a study; a run that had the place loses it. */
  putRun(studyId: string, run: StudyRun): void {
    this.putRuns(studyId, [run]);
  }

  /** The same for several, with one write of the study's file. */
  putRuns(studyId: string, runs: readonly StudyRun[]): void {
    this.#change(studyId, () => {
      for (const { key, runId, seed } of runs) this.#statements.putRun.run({ studyId, key, runId, seed });
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

  /** As its row has it. */
  #stored(requested: string): Study {
    const row = this.#statements.get.get({ id: this.resolve(requested) });
    if (row === undefined) throw new Error(`study ${requested} was deleted while it was read`);
    return studyOf(row);
  }

  #asItIs(study: Study): Study {
    const end = this.#unwritten.get(study.id);
    return end ? { ...study, status: end.status, finishedAt: end.at.toISOString(), owner: null } : study;
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
      const { owner: _owner, ...study } = this.#stored(id);
      writeStudy(this.#folder, { ...study, runs: this.runsOf(id) });
    });
  }
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
