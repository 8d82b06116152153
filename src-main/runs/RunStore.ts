import { hostname } from 'node:os';
import { storedRunConfigSchema } from '../configuration/paperRecipe.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { ErrorReport } from '../foundation/errors.ts';
import { storedErrorSchema } from '../foundation/errorSchemas.ts';
import { runName } from '../vocabulary/runName.ts';
import { ambiguousId, resolveId } from './ids.ts';
import { parseJson, parseNullableJson, toJson } from './json.ts';
import { isOrphaned, ownerIn, statusColumns, statusNow } from './owner.ts';
import { environmentSchema, tagsSchema } from './records.ts';
import type { Annotations, Owner, Run, RunEnvironment, RunStatus } from './records.ts';
import type { RunFolder } from './folder/RunFolder.ts';
import type { UnwrittenEnds } from './UnwrittenEnds.ts';
import type { RunDatabase } from './RunDatabase.ts';
import type { DatasetFacts } from '../training/events.ts';

interface RunRow {
  id: string;
  name: string;
  status: RunStatus;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  tags: string;
  notes: string;
  colour: string | null;
  pinned: number;
  dataset: string | null;
  dataset_fingerprint: string | null;
  val_fingerprint: string | null;
  train_images: number | null;
  val_images: number | null;
  skipped_images: number | null;
  classes: number | null;
  owner: string | null;
  heartbeat_at: string | null;
  unresponsive_since: string | null;
  imported: number;
  error: string | null;
  environment: string | null;
  config: string;
  revision: number;
}

/** What changes together with a status. */
export interface StatusChange {
  /** For `running`: the process that trains; this one by default. */
  owner?: Owner;
  /** For `failed`. */
  error?: ErrorReport;
  /** What it is trained with, where that has just become known. */
  dataset?: DatasetFacts;
  at?: Date;
}

/** A status with what changes together with it. */
export type NewStatus = StatusChange & { status: RunStatus };

/** Of settings that are kept as they were read: some ten megabytes. */
const mostParsed = 2000;

/** The rows of runs. */
export class RunStore {
  readonly unwritten: UnwrittenEnds;
  readonly #statements;
  readonly #named;
  readonly #folderOf: (id: string) => RunFolder;
  /** Settings parsed last, by run: a study reads all of its runs again and again, and their settings take longest. */
  readonly #parsed = new Map<string, { text: string; config: RunConfig }>();

  /**
   * @param unwritten the ends of runs that are not in their rows yet
   * @param folderOf where a run's files are
   */
  constructor(database: RunDatabase, unwritten: UnwrittenEnds, folderOf: (id: string) => RunFolder) {
    this.unwritten = unwritten;
    this.#folderOf = folderOf;
    this.#statements = statements(database);
    this.#named = database.statement<string>(
      'runs.named',
      'SELECT id FROM runs WHERE name = @name ORDER BY created_at DESC, id DESC',
      { rows: 'values' },
    );
  }

  /** Writes a run and replaces the row with its id, if there is one; its metrics and evaluations stay. */
  put(run: Run): void {
    this.#statements.put.run({
      id: run.id,
      ...annotationColumns(run),
      status: run.status,
      createdAt: run.createdAt,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      ...datasetColumns(run.dataset),
      owner: toJson(run.owner),
      imported: Number(run.imported),
      revision: run.revision,
      error: toJson(run.error),
      environment: toJson(run.environment),
      config: JSON.stringify(run.config),
    });
  }

  /** A run that starts keeps the time of its first start; one that stops loses its owner. */
  setStatus(
    id: string,
    status: RunStatus,
    { owner, error, dataset, at = new Date() }: StatusChange = {},
  ): void {
    if (dataset) this.setDataset(id, dataset);
    const startedAt = status === 'running' ? at.toISOString() : null;
    const columns = statusColumns(status, at, owner);
    this.#statements.setStatus.run({ id, ...columns, startedAt, error: toJson(error) });
  }

  /** A sign of life of a running run, for other machines that share the data folder. */
  heartbeat(id: string, at = new Date()): void {
    this.#statements.heartbeat.run({ id, at: at.toISOString() });
  }

  /** Records since when the trainer of a running run has not responded; null when it responds. */
  setUnresponsive(id: string, since: string | null): void {
    this.#statements.setUnresponsive.run({ id, since });
  }

  setDataset(id: string, dataset: DatasetFacts): void {
    this.#statements.setDataset.run({ id, ...datasetColumns(dataset) });
  }

  setEnvironment(id: string, environment: RunEnvironment): void {
    this.#statements.setEnvironment.run({ id, environment: JSON.stringify(environment) });
  }

  annotate(id: string, annotations: Annotations): void {
    this.#statements.annotate.run({ id, ...annotationColumns(annotations) });
  }

  /** Counts one more change of what `status.json` holds. */
  revise(id: string): void {
    this.#statements.revise.run({ id });
  }

  /**
   * Of which state of the folder the index is: its revision, and how far it holds the file of metrics, which is null for one
   * that an earlier version indexed.
   */
  indexed(id: string): { status: RunStatus; revision: number; logBytes: number | null } {
    const row = this.#statements.indexed.get({ id });
    if (!row) throw new Error(`run ${id} was deleted while it was read`);
    const status = statusNow(row, `run ${id}`, this.#folderOf(id));
    return { status, revision: row.revision, logBytes: row.log_bytes };
  }

  /** The ids of runs that are said to be trained, while the process that led them is gone. Asked again and again. */
  left(): string[] {
    return this.#statements.running
      .all({ host: hostname() })
      .filter(({ id, owner }) => isOrphaned(ownerIn(owner, `run ${id}`)) && !this.unwritten.get(id))
      .map(({ id }) => id);
  }

  /** Records up to which byte of the run's file of metrics the index holds every line. */
  setLogBytes(id: string, bytes: number): void {
    this.#statements.setLogBytes.run({ id, bytes });
  }

  has(id: string): boolean {
    return this.#statements.indexed.get({ id }) !== undefined;
  }

  /**
   * The run with an id, given in full, by its beginning or by its last four characters.
   *
   * @throws WorkbenchError `run-not-found`, `run-ambiguous`, `record-unreadable`
   */
  get(requested: string): Run {
    const row =
      this.#statements.get.get({ id: requested }) ??
      this.#statements.get.get({ id: this.resolve(requested) });
    if (row === undefined) throw new Error(`run ${requested} was deleted while it was read`);
    const statusOfRow = statusNow(row, `run ${row.id}`, this.#folderOf(row.id));
    const run = runOf({ ...row, status: statusOfRow }, this.#configOf(row));
    const end = this.unwritten.get(run.id);
    if (!end) return run;
    const { status, error, at } = end;
    return { ...run, status, error, finishedAt: at.toISOString(), owner: null, unresponsiveSince: null };
  }

  #configOf({ id, config: text }: RunRow): RunConfig {
    const known = this.#parsed.get(id);
    if (known?.text === text) return known.config;
    const config = parseJson(storedRunConfigSchema, text, `configuration of run ${id}`);
    if (this.#parsed.size >= mostParsed) this.#parsed.clear();
    this.#parsed.set(id, { text, config });
    return config;
  }

  /** The whole id of a run, by a part of the id or by what it is called. @throws WorkbenchError `run-not-found`, `run-ambiguous` */
  resolve(requested: string): string {
    if (this.has(requested)) return requested;
    const [only, ...others] = this.#called(requested);
    if (only === undefined) return resolveId('run', this.ids(), requested);
    if (others.length > 0) throw ambiguousId('run', requested, [only, ...others]);
    return only;
  }

  /** The ids of the runs of a name, or that lists call so since their S is not that of the name. */
  #called(requested: string): string[] {
    const [name = '', scale] = requested.split(/ \(S ([\d–-]+)\)$/);
    if (name === '') return [];
    return this.#named.all({ name }).filter((id) => {
      if (scale === undefined) return true;
      const { trainScale } = this.get(id).config.data;
      return runName({ id, name, trainScale }) === `${name} (S ${scale.replace('-', '–')})`;
    });
  }

  /** The ids of all runs, newest first. */
  ids(): string[] {
    return this.#statements.ids.all();
  }

  /** Deletes the row and with it the run's metrics, evaluations, checkpoints and places in studies. */
  remove(id: string): void {
    this.#statements.remove.run({ id });
  }
}

const ofHost = `SELECT id, owner FROM runs WHERE status = 'running' AND owner ->> 'host' = @host`;

function statements(database: RunDatabase) {
  return {
    put: database.statement(
      'runs.put',
      `INSERT INTO runs (id, name, tags, notes, colour, pinned, status, created_at, started_at, finished_at, dataset,
         dataset_fingerprint, val_fingerprint, train_images, val_images, skipped_images, classes, owner, imported, error,
         environment, config, revision, log_bytes)
       VALUES (@id, @name, @tags, @notes, @colour, @pinned, @status, @createdAt, @startedAt, @finishedAt, @dataset,
         @fingerprint, @valFingerprint, @trainImages, @valImages, @skippedImages, @classes, @owner, @imported, @error,
         @environment, @config, @revision, 0)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, tags = excluded.tags, notes = excluded.notes,
         colour = excluded.colour, pinned = excluded.pinned, status = excluded.status,
         created_at = excluded.created_at, started_at = excluded.started_at, finished_at = excluded.finished_at,
         dataset = excluded.dataset, dataset_fingerprint = excluded.dataset_fingerprint,
         val_fingerprint = excluded.val_fingerprint, train_images = excluded.train_images, val_images = excluded.val_images,
         skipped_images = excluded.skipped_images, classes = excluded.classes, owner = excluded.owner, imported = excluded.imported,
         error = excluded.error, environment = excluded.environment, config = excluded.config, revision = excluded.revision`,
    ),
    setStatus: database.statement(
      'runs.setStatus',
      `UPDATE runs SET status = @status, started_at = coalesce(started_at, @startedAt), finished_at = @finishedAt,
         owner = @owner, heartbeat_at = @heartbeatAt, unresponsive_since = NULL, error = @error, convergence = NULL
       WHERE id = @id`,
    ),
    heartbeat: database.statement(
      'runs.heartbeat',
      `UPDATE runs SET heartbeat_at = @at WHERE id = @id AND status = 'running'`,
    ),
    setUnresponsive: database.statement(
      'runs.setUnresponsive',
      `UPDATE runs SET unresponsive_since = @since WHERE id = @id AND status = 'running'`,
    ),
    setDataset: database.statement(
      'runs.setDataset',
      `UPDATE runs SET dataset = @dataset, dataset_fingerprint = @fingerprint,
         val_fingerprint = @valFingerprint, train_images = @trainImages, val_images = @valImages, skipped_images = @skippedImages, classes = @classes WHERE id = @id`,
    ),
    setEnvironment: database.statement(
      'runs.setEnvironment',
      'UPDATE runs SET environment = @environment WHERE id = @id',
    ),
    annotate: database.statement(
      'runs.annotate',
      'UPDATE runs SET name = @name, tags = @tags, notes = @notes, colour = @colour, pinned = @pinned WHERE id = @id',
    ),
    revise: database.statement('runs.revise', 'UPDATE runs SET revision = revision + 1 WHERE id = @id'),
    indexed: database.statement<
      Pick<RunRow, 'status' | 'owner' | 'heartbeat_at' | 'revision'> & { log_bytes: number | null }
    >('runs.indexed', 'SELECT status, owner, heartbeat_at, revision, log_bytes FROM runs WHERE id = @id'),
    setLogBytes: database.statement('runs.setLogBytes', 'UPDATE runs SET log_bytes = @bytes WHERE id = @id'),
    ids: database.statement<string>('runs.ids', 'SELECT id FROM runs ORDER BY created_at DESC, id DESC', {
      rows: 'values',
    }),
    running: database.statement<Pick<RunRow, 'id' | 'owner'>>('runs.running', ofHost),
    get: database.statement<RunRow>('runs.get', 'SELECT * FROM runs WHERE id = @id'),
    remove: database.statement('runs.remove', 'DELETE FROM runs WHERE id = @id'),
  };
}

function annotationColumns({ name, tags, notes, colour, pinned }: Annotations) {
  return { name, tags: JSON.stringify(tags), notes, colour, pinned: Number(pinned) };
}

function datasetColumns(dataset: DatasetFacts | null) {
  return {
    dataset: dataset?.name ?? null,
    fingerprint: dataset?.fingerprint ?? null,
    valFingerprint: dataset?.valFingerprint ?? null,
    trainImages: dataset?.trainImages ?? null,
    valImages: dataset?.valImages ?? null,
    skippedImages: dataset?.skippedImages ?? null,
    classes: dataset?.classes ?? null,
  };
}

function runOf(row: RunRow, config: RunConfig): Run {
  const what = `run ${row.id}`;
  const { status } = row;
  return {
    id: row.id,
    revision: row.revision,
    name: row.name,
    tags: parseJson(tagsSchema, row.tags, `tags of ${what}`),
    notes: row.notes,
    colour: row.colour,
    pinned: row.pinned !== 0,
    status,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    dataset:
      row.dataset === null || row.dataset_fingerprint === null || row.val_fingerprint === null
        ? null
        : {
            name: row.dataset,
            fingerprint: row.dataset_fingerprint,
            valFingerprint: row.val_fingerprint,
            trainImages: row.train_images ?? 0,
            valImages: row.val_images ?? 0,
            skippedImages: row.skipped_images ?? 0,
            classes: row.classes ?? 0,
          },
    error: parseNullableJson(storedErrorSchema, row.error, `error of ${what}`),
    config,
    environment: parseNullableJson(environmentSchema, row.environment, `environment of ${what}`),
    owner: ownerIn(row.owner, what),
    imported: row.imported !== 0,
    unresponsiveSince: status === 'running' ? row.unresponsive_since : null,
  };
}
