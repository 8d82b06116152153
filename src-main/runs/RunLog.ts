import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatasetFacts } from '../training/events.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { reportError, WorkbenchError, type ErrorReport } from '../foundation/errors.ts';
import { fileError, flushFiles, requireFolder } from '../foundation/files.ts';
import { adoptFolders, type RebuildReport } from './adoptFolders.ts';
import { changeTogether, putRecord } from './changeTogether.ts';
import { closeHome } from './closeHome.ts';
import { compareRuns, type RunComparison } from './compareRuns.ts';
import { runBusy, runExists } from './errors.ts';
import { EvaluationStore } from './EvaluationStore.ts';
import { foldOrphan, orphanTrainerOf } from './foldOrphan.ts';
import { removeOldCopies } from './folder/oldCopies.ts';
import { readContents, readResults, type Contents, type RunResults } from './folder/contents.ts';
import { putEvaluation } from './folder/evaluationsFile.ts';
import { RunFolder } from './folder/RunFolder.ts';
import { sameRun } from './folder/runFiles.ts';
import { isLocked } from './folder/RunLock.ts';
import { isRecent, lastSign } from './folder/signOfLife.ts';
import type { StudyRecord } from './folder/studyFile.ts';
import { resolveId } from './ids.ts';
import { MetricsIndex, requireReadableMetrics } from './MetricsIndex.ts';
import { MetricStore } from './MetricStore.ts';
import { makeRun, type NewRun } from './newRun.ts';
import { ownerOf } from './owner.ts';
import { recordOf } from './records.ts';
import type {
  Annotations,
  Evaluation,
  Process,
  Run,
  RunEnvironment,
  RunRecord,
  RunStatus,
} from './records.ts';
import { openIndex, type OpenIndex } from './openDatabase.ts';
import type { DatabaseOptions, RunDatabase } from './RunDatabase.ts';
import { RunJudge } from './RunJudge.ts';
import { RunList } from './RunList.ts';
import { RunStore, type NewStatus, type StatusChange } from './RunStore.ts';
import { UnwrittenEnds } from './UnwrittenEnds.ts';
import { StudyStore } from './StudyStore.ts';
import { Trash } from './Trash.ts';

/**
 * All runs of a data folder: each run's folder is the truth, and rows in SQLite are an index over the folders. Changes
 * made through this class reach both. The trainer writes metrics and checkpoints to the folder; they reach the index
 * through `metrics` and `evaluations`.
 */
export class RunLog {
  readonly home: string;
  readonly runs: RunStore;
  readonly list: RunList;
  readonly metrics: MetricStore;
  readonly judge: RunJudge;
  readonly evaluations: EvaluationStore;
  readonly studies: StudyStore;
  readonly trash: Trash;
  /** What had no rows when the log was opened: everything if the database was lost, or a run that was being created. */
  readonly rebuilt: RebuildReport;
  readonly #openIndex: OpenIndex;
  readonly #database: RunDatabase;
  readonly #folders: string;
  readonly #metricsIndex: MetricsIndex;
  readonly #folderOf = (id: string) => this.folder(id);
  #caughtUp: Promise<void> | undefined;

  /** @throws WorkbenchError as the constructor of {@link RunDatabase} does */
  constructor(home: string, options: DatabaseOptions = {}) {
    this.home = resolve(home);
    this.#folders = join(this.home, 'runs');
    closeHome(this.home);
    this.#openIndex = openIndex(this.home, options);
    this.#database = this.#openIndex.database;
    const unwritten = new UnwrittenEnds((id, end) => {
      this.setStatus(id, end.status, end);
    });
    this.runs = new RunStore(this.#database, unwritten, this.#folderOf);
    this.list = new RunList(this.#database, this.#folders, unwritten);
    this.metrics = new MetricStore(this.#database);
    this.judge = new RunJudge(this.#database, this);
    this.evaluations = new EvaluationStore(this.#database);
    this.studies = new StudyStore(this.#database, join(this.home, 'studies'));
    this.trash = new Trash(this.#folders);
    this.#metricsIndex = new MetricsIndex(this.#database, this, this.#folderOf);
    if (!this.readOnly) {
      this.#finishRemovals();
      removeOldCopies(this.#folders);
    }
    this.rebuilt = this.#adopt();
  }

  /**
   * Compares every run with its folder, once after opening: rows that a power cut or a copied database has lost are read
   * anew, metrics among them. Other work runs in between. What cannot be read is added to {@link rebuilt}.
   */
  catchUp(): Promise<void> {
    this.#caughtUp ??= this.#catchUpAll();
    return this.#caughtUp;
  }

  /** The same for one run, at once, and at each call. */
  async catchUpWith(id: string): Promise<void> {
    try {
      this.#refresh(id);
      if (!this.readOnly) await foldOrphan(this, id);
      if (this.#metricsIndex.isBehind(id)) await this.#metricsIndex.bringUp(id);
      if (!this.readOnly) this.judge.keep(id);
      while (this.#database.isOpen && this.metrics.pack(id)) await nextTurn();
    } catch (error) {
      this.#failed(this.folder(id).path, error);
    }
  }

  /** Whether nothing can be written into the data folder: the runs can only be looked at and exported. */
  get readOnly(): boolean {
    return this.#openIndex.readOnly;
  }

  close(): void {
    this.#metricsIndex.close();
    this.runs.unwritten.end();
    this.studies.close();
    this.#openIndex.close();
  }

  /** Makes several changes at once: all of them are written or none. The work must not await. */
  transaction<Result>(work: () => Result): Result {
    return this.#database.transaction(work);
  }

  folder(id: string): RunFolder {
    return new RunFolder(join(this.#folders, id));
  }

  /** Creates a queued run: its folder first, then its row. */
  create(one: NewRun): Run {
    const run = makeRun(this.#folders, one, { isFlushed: true });
    this.runs.put(run);
    return run;
  }

  /** The same for many: their folders first, which reach the disk together, then their rows. */
  async createTogether(work: (create: (one: NewRun) => Run) => Promise<void>): Promise<void> {
    const made: Run[] = [];
    await work((one) => {
      const run = makeRun(this.#folders, one, { isFlushed: false });
      made.push(run);
      return run;
    });
    await flushFiles(made.flatMap(({ id }) => this.folder(id).first));
    this.transaction(() => {
      for (const run of made) this.runs.put(run);
    });
  }

  /** Records the status of a run. A `running` run belongs to the given process, or to this one if none is given. */
  setStatus(requested: string, status: RunStatus, change: StatusChange = {}): void {
    this.#change(requested, (id) => {
      this.runs.setStatus(id, status, change);
    });
    this.#noteStatus(this.runs.resolve(requested));
  }

  #noteStatus(id: string): void {
    this.runs.unwritten.drop(id);
    this.judge.keep(id);
  }

  /** Records that a run has failed; if that cannot be written now, as soon as it can. */
  setFailed(id: string, error: ErrorReport): void {
    const end = { status: 'failed' as const, error, at: new Date() };
    try {
      this.setStatus(id, end.status, end);
    } catch {
      this.runs.unwritten.keep(id, end);
    }
  }

  /**
   * Makes this process the one that leads a run. If several try at once, one succeeds.
   *
   * @returns its trainer, if one is still at work since another process led it
   * @throws WorkbenchError `run-busy` if another process leads it
   */
  claim(id: string): Process | null {
    return this.transaction(() => {
      const run = this.runs.get(id);
      const trainer = orphanTrainerOf(run, this.folder(id));
      if (run.status === 'running' && trainer === null) throw runBusy(id);
      this.setStatus(id, 'running', trainer ? { owner: { ...ownerOf(process.pid), trainer } } : {});
      return trainer;
    });
  }

  /** Records the statuses of runs, as {@link changeTogether} does. @param statusOf of a run as it is then; null for none */
  async setStatuses(ids: readonly string[], statusOf: (run: Run) => NewStatus | null): Promise<void> {
    const at = new Date();
    await changeTogether(this.#database, this.#folderOf, ids, (id) => {
      const next = this.runs.has(id) ? statusOf(this.runs.get(id)) : null;
      return (
        next &&
        this.#changeRow(id, () => {
          this.runs.setStatus(id, next.status, { at, ...next });
        })
      );
    });
    this.transaction(() => {
      for (const id of ids) this.#noteStatus(id);
    });
  }

  /** Changes a run's annotations; those left out stay as they are. */
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

  /** Changes the settings of a run that is not being trained, which can then be trained further. */
  reconfigure(requested: string, config: RunConfig): void {
    this.#change(requested, (id) => {
      this.folder(id).writeConfig(config);
      const run = this.runs.get(id);
      const status = run.status === 'finished' ? 'interrupted' : run.status;
      this.runs.put({ ...run, config, status });
    });
  }

  setDataset(requested: string, dataset: DatasetFacts): void {
    this.#change(requested, (id) => {
      this.runs.setDataset(id, dataset);
    });
  }

  /** Records other settings of a run, first in its folder. They must not change what it computes. */
  setConfig(id: string, config: RunConfig): void {
    this.folder(id).writeConfig(config);
    this.runs.put({ ...this.runs.get(id), config });
  }

  setEnvironment(id: string, environment: RunEnvironment): void {
    this.folder(id).writeEnvironment(environment);
    this.runs.setEnvironment(id, environment);
  }

  addEvaluation(id: string, evaluation: Evaluation): void {
    this.#change(id, () => {
      putEvaluation(this.folder(id).evaluations, evaluation);
      this.evaluations.put(id, evaluation);
    });
  }

  compare(requested: readonly string[]): RunComparison {
    const runs = requested.map((id) => this.runs.get(id));
    return compareRuns(runs.map((run) => ({ run, evaluations: this.evaluations.of(run.id) })));
  }

  /**
   * Moves a run to the trash: its folder, then its rows. After a crash in between, opening the log again finishes it.
   *
   * @throws WorkbenchError `run-busy` while it is being trained
   */
  remove(requested: string): string {
    // One transaction, so that no other process claims the run in between.
    return this.transaction(() => {
      const { id, name, status } = this.runs.get(requested);
      const folder = this.folder(id);
      const there = existsSync(folder.path);
      if (status === 'running' || (there && isLocked(folder))) throw runBusy(id);
      const places = this.studies.placesOf(id);
      if (there) this.trash.take(id, { name, removedAt: new Date().toISOString(), places });
      this.runs.remove(id);
      this.runs.unwritten.drop(id);
      return id;
    });
  }

  /**
   * Restores a run from the trash, with those of its places in studies that no other run has filled since.
   *
   * @throws WorkbenchError `not-in-trash`, `run-exists`, and those of {@link takeIn}
   */
  async restore(requested: string): Promise<string> {
    const id = resolveId('run', this.trash.ids(), requested);
    const { places } = this.trash.giveBack(id);
    await this.reconcile(id);
    const studies = new Set(this.studies.list().map((study) => study.id));
    for (const { studyId, key, seed } of places.filter((place) => studies.has(place.studyId))) {
      const taken = this.studies.runsOf(studyId).some((run) => run.key === key);
      if (!taken) this.studies.putRun(studyId, { key, runId: id, seed });
    }
    return id;
  }

  /** Makes a folder beside the runs to prepare others for {@link takeIn}. What is left there is deleted after a day. */
  openStaging(): string {
    const path = join(this.#folders, `${randomUUID()}.tmp`);
    requireFolder(path);
    return path;
  }

  /**
   * Moves in run folders from {@link openStaging}, and studies of these runs: all of them or none. Those already here
   * stay as they are.
   *
   * @throws WorkbenchError `run-exists` if a different run has one of the ids, `study-exists`;
   *   `run-folder-incomplete`, `record-unreadable`, `metrics-unreadable`, `evaluations-unreadable`,
   *   `checkpoint-damaged`: nothing is changed then
   */
  async takeIn(staged: readonly string[], studies: readonly StudyRecord[] = []): Promise<Run[]> {
    for (const path of staged) await requireReadableMetrics(new RunFolder(path).metrics);
    const moved: { id: string; from: string; to: string }[] = [];
    try {
      const ids = this.transaction(() => {
        const taken = staged.map((from) => this.#moveIn(from, moved));
        for (const study of studies) this.studies.takeIn(study);
        return taken;
      });
      await this.#metricsIndex.bringUp(...ids);
      return ids.map((id) => this.runs.get(id));
    } catch (error) {
      for (const { id, from, to } of moved) {
        renameSync(to, from);
        this.runs.remove(id);
      }
      throw fileError(error, this.#folders);
    }
  }

  /** @returns the id of the run, which may have been here before */
  #moveIn(from: string, moved: { id: string; from: string; to: string }[]): string {
    const incoming = new RunFolder(from);
    const contents = readContents(incoming, 'whole');
    const { id } = contents.record;
    const own = this.folder(id);
    if (existsSync(own.path)) {
      this.#requireSame(id, incoming);
      if (!this.runs.has(id)) this.#indexFolder(id);
      return id;
    }
    renameSync(from, own.path);
    moved.push({ id, from, to: own.path });
    this.#index(own, contents, true);
    return id;
  }

  /**
   * Updates the rows of a run from its folder, before it is resumed.
   *
   * @throws WorkbenchError those of {@link readContents}, `metrics-unreadable`
   */
  async reconcile(id: string): Promise<Run> {
    this.#indexFolder(id);
    await this.#metricsIndex.bringUp(id);
    return this.runs.get(id);
  }

  /**
   * Brings the rows of runs up to what trainers elsewhere leave in their folders, but for the metrics. Settings and records
   * are not read: trainers do not write them.
   *
   * @throws WorkbenchError `record-unreadable`, `evaluations-unreadable`
   */
  takeResults(...ids: string[]): void {
    const all = ids.map((id) => ({ id, left: readResults(this.folder(id), 'readable') }));
    this.transaction(() => {
      for (const { id, left } of all) {
        if (left.environment) this.runs.setEnvironment(id, left.environment);
        this.#putResults(id, left);
      }
    });
  }

  /** Reads what the metrics of runs have grown by, and nothing else of their folders. */
  async readMetrics(...ids: string[]): Promise<void> {
    await this.#metricsIndex.bringUp(...ids);
  }

  #indexFolder(id: string): void {
    const folder = this.folder(id);
    const imported = this.runs.has(id) && this.runs.get(id).imported;
    this.#index(folder, readContents(folder, 'readable'), imported);
  }

  async #catchUpAll(): Promise<void> {
    for (const id of this.runs.ids()) {
      await nextTurn();
      if (!this.#database.isOpen) return;
      if (this.runs.has(id) && this.folder(id).isOfRun) await this.catchUpWith(id);
    }
  }

  /** If the row is not of the state that the folder is in, the folder is right. */
  #refresh(id: string): void {
    const folder = this.folder(id);
    const isOther = () => folder.readRecord().revision !== this.runs.indexed(id).revision;
    if (!folder.isOfRun || !isOther()) return;
    // Another process may be between writing the folder and the row.
    this.transaction(() => {
      if (isOther()) this.#indexFolder(id);
    });
  }

  /** A record that cannot be read is written anew. */
  #refreshIfReadable(id: string): void {
    try {
      this.#refresh(id);
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
    }
  }

  #failed(path: string, error: unknown): void {
    const { failed } = this.rebuilt;
    if (!failed.some((other) => other.path === path)) failed.push({ path, error: reportError(error) });
  }

  /** Adds rows for what has none. Damaged folders and files are reported, and the rest is still added. */
  #adopt(): RebuildReport {
    const folders = this.#folderNames().map((name) => this.folder(name));
    const report = adoptFolders(folders, new Set(this.runs.ids()), (id) => {
      this.#indexFolder(id);
    });
    const failed = (path: string, error: unknown) => {
      report.failed.push({ path, error: reportError(error) });
    };
    this.studies.adopt(failed, { again: this.#openIndex.isElsewhere });
    return report;
  }

  #requireSame(id: string, incoming: RunFolder): void {
    const own = this.folder(id);
    if (sameRun(incoming.path, own.path)) return;
    throw runExists(id, own.path);
  }

  #folderNames(): string[] {
    return existsSync(this.#folders) ? readdirSync(this.#folders) : [];
  }

  /** The rows and `status.json` change together: if the file cannot be written, the rows stay as they were. */
  #change(requested: string, update: (id: string) => void): void {
    this.transaction(() => {
      const id = this.runs.resolve(requested);
      putRecord(this.folder(id), this.#changeRow(id, update));
    });
  }

  /** @returns what `status.json` is to hold */
  #changeRow(id: string, update: (id: string) => void): RunRecord {
    this.#refreshIfReadable(id);
    update(id);
    this.runs.revise(id);
    return recordOf(this.runs.get(id));
  }

  #index(folder: RunFolder, { record, config, ...left }: Contents, imported: boolean) {
    const { id } = record;
    const known = this.runs.has(id) ? this.runs.get(id) : undefined;
    // Where other machines share the data folder, locks may not hold between them.
    const isAtWork = () => isLocked(folder) || (this.#openIndex.isElsewhere && isRecent(lastSign(folder)));
    const running =
      record.status === 'running' && !this.readOnly && (known?.status === 'running' || isAtWork());
    const status = record.status === 'running' && !running ? 'interrupted' : record.status;
    this.transaction(() => {
      const owner = running ? (known?.owner ?? null) : null;
      const { environment } = left;
      const run: Run = { ...record, status, config, environment, owner, imported, unresponsiveSince: null };
      this.runs.put(run);
      this.#putResults(id, left);
      if (status !== record.status && !this.readOnly) folder.writeRecord(recordOf(run));
    });
  }

  #putResults(id: string, { evaluations, checkpoints }: RunResults): void {
    this.evaluations.removeAll(id);
    for (const evaluation of evaluations) this.evaluations.put(id, evaluation);
    for (const { kind } of this.evaluations.checkpointsOf(id)) this.evaluations.removeCheckpoint(id, kind);
    for (const checkpoint of checkpoints) this.evaluations.putCheckpoint(id, checkpoint);
  }

  /** Finishes removals that a crash cut short: the rows of runs whose folders are in the trash. */
  #finishRemovals(): void {
    for (const id of this.trash.ids()) {
      if (!existsSync(this.folder(id).path)) this.runs.remove(id);
    }
    this.trash.deleteOld();
  }
}
