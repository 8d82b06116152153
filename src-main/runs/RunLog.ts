import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatasetFacts } from '../training/events.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { reportError } from '../foundation/errors.ts';
import type { ErrorReport } from '../foundation/errors.ts';
import { fileError, requireFolder } from '../foundation/files.ts';
import { compareRuns } from './compareRuns.ts';
import type { RunComparison } from './compareRuns.ts';
import { folderRenamed, runBusy, runExists } from './errors.ts';
import { EvaluationStore } from './EvaluationStore.ts';
import { readCheckpoints } from './folder/checkpointFile.ts';
import { putEvaluation, readEvaluations } from './folder/evaluationsFile.ts';
import { readMetrics } from './folder/metricsFile.ts';
import { RunFolder } from './folder/RunFolder.ts';
import { sameRun } from './folder/runFiles.ts';
import { isLocked } from './folder/RunLock.ts';
import type { StudyRecord } from './folder/studyFile.ts';
import { newRunId, resolveId } from './ids.ts';
import { MetricStore } from './MetricStore.ts';
import type { Annotations, Evaluation, Run, RunEnvironment, RunRecord, RunStatus } from './records.ts';
import { RunDatabase } from './RunDatabase.ts';
import type { DatabaseOptions } from './RunDatabase.ts';
import { RunList } from './RunList.ts';
import { RunStore } from './RunStore.ts';
import type { StatusChange } from './RunStore.ts';
import { StudyStore } from './StudyStore.ts';
import { Trash } from './Trash.ts';

const millisecondsOfCopy = 24 * 3600 * 1000;

/** What a new run is made of; the rest is known once it starts. */
export interface NewRun {
  config: RunConfig;
  name?: string;
  environment?: RunEnvironment;
  dataset?: DatasetFacts;
  now?: Date;
}

/** What became of folders of runs and files of studies that had no rows. */
export interface RebuildReport {
  imported: string[];
  failed: { path: string; error: ErrorReport }[];
}

/**
 * All runs of a data folder: each a folder that is the truth, and rows in SQLite as an index over them. What is said
 * of a run through this class reaches both. Metrics and checkpoints are written to the folder by the trainer, and to
 * the index through `metrics` and `evaluations`.
 */
export class RunLog {
  readonly home: string;
  readonly runs: RunStore;
  readonly list: RunList;
  readonly metrics: MetricStore;
  readonly evaluations: EvaluationStore;
  readonly studies: StudyStore;
  readonly trash: Trash;
  /** What had no rows when the log was opened: all of a database that was lost, or one run that was being created. */
  readonly rebuilt: RebuildReport;
  readonly #database: RunDatabase;
  readonly #folders: string;

  /** @throws WorkbenchError as the constructor of {@link RunDatabase} does */
  constructor(home: string, options: DatabaseOptions = {}) {
    this.home = resolve(home);
    this.#folders = join(this.home, 'runs');
    this.#database = new RunDatabase(join(this.home, 'workbench.sqlite'), options);
    this.runs = new RunStore(this.#database);
    this.list = new RunList(this.#database, this.#folders);
    this.metrics = new MetricStore(this.#database);
    this.evaluations = new EvaluationStore(this.#database);
    this.studies = new StudyStore(this.#database, join(this.home, 'studies'));
    this.trash = new Trash(this.#folders);
    this.#finishRemovals();
    this.#removeTemporaries();
    this.rebuilt = this.#adopt();
  }

  close(): void {
    this.#database.close();
  }

  /** Several changes as one: all of them are written or none. The work must not await. */
  transaction<Result>(work: () => Result): Result {
    return this.#database.transaction(work);
  }

  folder(id: string): RunFolder {
    return new RunFolder(join(this.#folders, id));
  }

  /** A new run, queued: its folder, then its row. */
  create({ config, name = '', environment, dataset, now = new Date() }: NewRun): Run {
    for (;;) {
      const id = newRunId(config, now);
      if (!this.#claim(id)) continue;
      const run: Run = {
        id,
        name,
        tags: [],
        notes: '',
        colour: null,
        pinned: false,
        status: 'queued',
        createdAt: now.toISOString(),
        startedAt: null,
        finishedAt: null,
        dataset: dataset ?? null,
        error: null,
        unresponsiveSince: null,
        config,
        environment: environment ?? null,
        owner: null,
        imported: false,
      };
      const folder = this.folder(id);
      folder.writeConfig(config);
      if (environment) folder.writeEnvironment(environment);
      folder.writeRecord(recordOf(run));
      this.runs.put(run);
      return run;
    }
  }

  /** Says how a run stands. A run that is `running` belongs to the given process, else to this one. */
  setStatus(requested: string, status: RunStatus, change: StatusChange = {}): void {
    this.#change(requested, (id) => {
      this.runs.setStatus(id, status, change);
    });
  }

  /**
   * Makes this process the one that trains a run: of several that try at once, one succeeds.
   *
   * @throws WorkbenchError `run-busy` if it is being trained
   */
  claim(id: string): void {
    this.transaction(() => {
      if (this.runs.get(id).status === 'running') throw runBusy(id);
      this.setStatus(id, 'running');
    });
  }

  /** Changes what people say of a run; what is left out stays. */
  annotate(requested: string, changes: { [Key in keyof Annotations]?: Annotations[Key] | undefined }): void {
    this.#change(requested, (id) => {
      const { name, tags, notes, colour, pinned } = this.runs.get(id);
      this.runs.annotate(id, {
        name: changes.name ?? name,
        tags: changes.tags ?? tags,
        notes: changes.notes ?? notes,
        colour: changes.colour === undefined ? colour : changes.colour,
        pinned: changes.pinned ?? pinned,
      });
    });
  }

  setDataset(requested: string, dataset: DatasetFacts): void {
    this.#change(requested, (id) => {
      this.runs.setDataset(id, dataset);
    });
  }

  setEnvironment(id: string, environment: RunEnvironment): void {
    this.folder(id).writeEnvironment(environment);
    this.runs.setEnvironment(id, environment);
  }

  addEvaluation(id: string, evaluation: Evaluation): void {
    putEvaluation(this.folder(id).evaluations, evaluation);
    this.evaluations.put(id, evaluation);
  }

  compare(requested: readonly string[]): RunComparison {
    return compareRuns(
      requested.map((id) => {
        const run = this.runs.get(id);
        return { run, evaluations: this.evaluations.of(run.id) };
      }),
    );
  }

  /**
   * Moves a run to the trash: its folder, then its rows. A crash in between is finished when the log is next opened.
   *
   * @throws WorkbenchError `run-busy` while it is being trained
   */
  remove(requested: string): string {
    // One transaction: no other process claims the run in between.
    return this.transaction(() => {
      const { id, name, status } = this.runs.get(requested);
      const folder = this.folder(id);
      const there = existsSync(folder.path);
      if (status === 'running' || (there && isLocked(folder))) throw runBusy(id);
      const places = this.studies.placesOf(id);
      if (there) this.trash.take(id, { name, removedAt: new Date().toISOString(), places });
      this.runs.remove(id);
      return id;
    });
  }

  /**
   * Takes a run back from the trash, with its places in studies that no other run has taken.
   *
   * @throws WorkbenchError `not-in-trash`, `run-exists`, and those of {@link takeIn}
   */
  restore(requested: string): string {
    const id = resolveId('run', this.trash.ids(), requested);
    const { places } = this.trash.giveBack(id);
    this.reconcile(id);
    const studies = new Set(this.studies.list().map((study) => study.id));
    for (const { studyId, key, seed } of places.filter((place) => studies.has(place.studyId))) {
      const taken = this.studies.runsOf(studyId).some((run) => run.key === key);
      if (!taken) this.studies.putRun(studyId, { key, runId: id, seed });
    }
    return id;
  }

  /** Makes a folder beside the runs in which others are prepared for {@link takeIn}. What is left there goes after a day. */
  openStaging(): string {
    const path = join(this.#folders, `${randomUUID()}.tmp`);
    requireFolder(path);
    return path;
  }

  /**
   * Moves folders of runs in from {@link openStaging}, and studies of such runs: all of them or none. What is there already
   * changes nothing.
   *
   * @throws WorkbenchError `run-exists` if a different run has an id of theirs, `study-exists`; `run-folder-incomplete`,
   *   `record-unreadable`, `metrics-unreadable`, `evaluations-unreadable`, `checkpoint-damaged`: nothing is changed then
   */
  takeIn(staged: readonly string[], studies: readonly StudyRecord[] = []): Run[] {
    const moved: { from: string; to: string }[] = [];
    try {
      return this.transaction(() => {
        const runs = staged.map((from) => {
          const incoming = new RunFolder(from);
          const contents = readContents(incoming);
          const { id } = contents.record;
          const own = this.folder(id);
          if (existsSync(own.path)) {
            this.#requireSame(id, incoming);
            return this.runs.has(id) ? this.runs.get(id) : this.reconcile(id);
          }
          renameSync(from, own.path);
          moved.push({ from, to: own.path });
          this.#index(own, contents, true);
          return this.runs.get(id);
        });
        for (const study of studies) this.studies.takeIn(study);
        return runs;
      });
    } catch (error) {
      for (const { from, to } of moved) renameSync(to, from);
      throw fileError(error, this.#folders);
    }
  }

  /** Makes the rows of a run say what its folder says, before it is taken up again. */
  reconcile(id: string): Run {
    const folder = this.folder(id);
    this.#index(folder, readContents(folder), this.runs.has(id) && this.runs.get(id).imported);
    return this.runs.get(id);
  }

  /** Takes in what has no row. What is damaged is reported and keeps nothing else from being taken in. */
  #adopt(): RebuildReport {
    const report: RebuildReport = { imported: [], failed: [] };
    const failed = (path: string, error: unknown) => {
      report.failed.push({ path, error: reportError(error) });
    };
    const known = new Set(this.runs.ids());
    for (const name of this.#folderNames()) {
      const { path, isOfRun } = this.folder(name);
      if (known.has(name) || name.startsWith('.') || name.endsWith('.tmp') || !isOfRun) continue;
      try {
        const { id } = this.folder(name).readRecord();
        if (id !== name) throw folderRenamed(path, id);
        report.imported.push(this.reconcile(id).id);
      } catch (error) {
        failed(path, error);
      }
    }
    this.studies.adopt(failed);
    return report;
  }

  #requireSame(id: string, incoming: RunFolder): void {
    const own = this.folder(id);
    if (sameRun(incoming.path, own.path)) return;
    throw runExists(id, own.path);
  }

  /** A copy that is a day old was never finished. */
  #removeTemporaries(): void {
    for (const name of this.#folderNames().filter((each) => each.endsWith('.tmp'))) {
      const { path } = this.folder(name);
      const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
      if (Date.now() - modified > millisecondsOfCopy) rmSync(path, { recursive: true, force: true });
    }
  }

  #folderNames(): string[] {
    return existsSync(this.#folders) ? readdirSync(this.#folders) : [];
  }

  /** Makes the folder of a new run; false if there is one already. */
  #claim(id: string): boolean {
    const { path } = this.folder(id);
    try {
      mkdirSync(this.#folders, { recursive: true });
      mkdirSync(path);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw fileError(error, path);
    }
  }

  /** The rows and `status.json` change together: if the file cannot be written, the rows stay as they were. */
  #change(requested: string, update: (id: string) => void): void {
    this.transaction(() => {
      const { id } = this.runs.get(requested);
      update(id);
      const folder = this.folder(id);
      // One that was deleted by hand is not made anew with nothing else in it.
      if (existsSync(folder.path)) folder.writeRecord(recordOf(this.runs.get(id)));
    });
  }

  #index(
    folder: RunFolder,
    { record, config, environment, metrics, evaluations, checkpoints }: Contents,
    imported: boolean,
  ) {
    const { id } = record;
    const known = this.runs.has(id) ? this.runs.get(id) : undefined;
    const running = record.status === 'running' && (known?.status === 'running' || isLocked(folder));
    const status = record.status === 'running' && !running ? 'interrupted' : record.status;
    this.transaction(() => {
      const owner = running ? (known?.owner ?? null) : null;
      const run: Run = { ...record, status, config, environment, owner, imported, unresponsiveSince: null };
      this.runs.put(run);
      this.metrics.removeAll(id);
      this.metrics.append(id, metrics);
      this.evaluations.removeAll(id);
      for (const evaluation of evaluations) this.evaluations.put(id, evaluation);
      for (const { kind } of this.evaluations.checkpointsOf(id)) this.evaluations.removeCheckpoint(id, kind);
      for (const checkpoint of checkpoints) this.evaluations.putCheckpoint(id, checkpoint);
      if (status !== record.status) folder.writeRecord(recordOf(run));
    });
  }

  /** A run whose folder is in the trash was being removed. */
  #finishRemovals(): void {
    for (const id of this.trash.ids()) {
      if (!existsSync(this.folder(id).path)) this.runs.remove(id);
    }
    this.trash.deleteOld();
  }
}

type Contents = ReturnType<typeof readContents>;

/** All of a run's folder that the index holds, read and checked before anything is changed. */
function readContents(folder: RunFolder) {
  return {
    record: folder.readRecord(),
    config: folder.readConfig(),
    environment: folder.readEnvironment(),
    metrics: existsSync(folder.metrics) ? readMetrics(folder.metrics) : [],
    evaluations: readEvaluations(folder.evaluations),
    checkpoints: readCheckpoints(folder),
  };
}

function recordOf(run: Run): RunRecord {
  const { config: _config, environment: _environment, owner: _owner, imported: _imported, ...record } = run;
  return record;
}
