import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { stepsPerEpoch } from '../configuration/stepsPerEpoch.ts';
import { describeNetwork } from '../vgg/describe.ts';
import type { Configuration } from '../vocabulary/configurations.ts';
import { convergenceSchema } from '../vocabulary/convergence.ts';
import { datasetText } from '../vocabulary/datasetText.ts';
import type { Protocol } from '../vocabulary/protocols.ts';
import { testScalesSchema, trainScaleSchema } from '../vocabulary/scales.ts';
import { RunFolder } from './folder/RunFolder.ts';
import { parseJson } from './json.ts';
import { hostElsewhere, isThisProcess, ownerIn, statusNow } from './owner.ts';
import { tagsSchema } from './records.ts';
import type { BestValidation, RunStatus, RunSummary } from './records.ts';
import { RunValuesReader, type RunValues } from './runValues.ts';
import type { UnwrittenEnds } from './UnwrittenEnds.ts';
import type { RunDatabase } from './RunDatabase.ts';

interface SummaryRow {
  id: string;
  name: string;
  status: RunStatus;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  net: Configuration;
  width: number;
  crop: number;
  outputs: number | null;
  dataset: string;
  train_images: number | null;
  train_scale: string;
  test_scales: string;
  protocol: Protocol;
  seed: number;
  batch: number;
  epochs: number;
  first_rate: number;
  tags: string;
  notes: string;
  colour: string | null;
  pinned: number;
  imported: number;
  owner: string | null;
  heartbeat_at: string | null;
  unresponsive_since: string | null;
  step: number | null;
  seconds: number | null;
  loss: number | null;
  learning_rate: number | null;
  images_per_second: number | null;
  memory_bytes: number | null;
  top1_percent: number | null;
  top1_step: number | null;
  top1_epoch: number | null;
  top5_percent: number | null;
  top5_step: number | null;
  top5_epoch: number | null;
  convergence: string | null;
}

/** How the list of runs changed since a revision of the log. */
export interface RunChanges {
  /** The log's revision now: pass it as `since` to get only later changes. */
  revision: number;
  /** Whether `changed` is the whole list and replaces the old one: at first, and when the log was recreated. */
  whole: boolean;
  changed: RunSummary[];
  /** Ids of runs that are in the trash or gone. */
  removed: string[];
}

type OwnedRow = Pick<SummaryRow, 'id' | 'status' | 'owner' | 'heartbeat_at'>;

interface ResultRow {
  run_id: string;
  top1_error: number;
  top5_error: number;
}

/** The list of runs: one line each, read from rows alone without reading a whole series. */
export class RunList {
  readonly #database: RunDatabase;
  readonly #folders: string;
  readonly #unwritten: UnwrittenEnds;
  readonly #statements;
  readonly #values: RunValuesReader;

  /**
   * @param folders path that contains the folders of the runs
   * @param unwritten the ends of runs that are not in their rows yet
   */
  constructor(database: RunDatabase, folders: string, unwritten: UnwrittenEnds) {
    this.#unwritten = unwritten;
    this.#database = database;
    this.#folders = folders;
    this.#statements = statements(database);
    this.#values = new RunValuesReader(database);
  }

  /** Whether its log is open. */
  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  /** All runs, newest first. */
  all({ status, limit }: { status?: RunStatus; limit?: number } = {}): RunSummary[] {
    const summaries = this.#read(
      this.#statements.all.summaries.all({ limit: status === undefined ? (limit ?? -1) : -1 }),
      this.#statements.all.ownResults.all({}),
    );
    return status === undefined
      ? summaries
      : summaries.filter((summary) => summary.status === status).slice(0, limit);
  }

  /** Settings and latest metrics of all runs. */
  values(): RunValues {
    return this.#values.read();
  }

  /**
   * What is newer than a revision; everything if none is given or it is of another database. A run whose process is
   * gone counts as changed, although no process recorded that.
   *
   * @param known ids of runs already reported as ended
   */
  changesSince(since: number | null, known: ReadonlySet<string> = new Set()): RunChanges {
    const { first, latest } = this.#statements.revisions.get({}) ?? { first: 0, latest: 0 };
    if (since === null || since < first || since > latest) {
      return { revision: latest, whole: true, changed: this.all(), removed: [] };
    }
    const noted = since === latest ? [] : this.#statements.changed.all({ since }).map(({ run_id }) => run_id);
    const died = this.#statements.running.all({}).filter((row) => !known.has(row.id) && this.#isGone(row));
    const ids = [...new Set([...noted, ...died.map(({ id }) => id)])];
    if (ids.length === 0) return { revision: latest, whole: false, changed: [], removed: [] };
    const requested = { ids: JSON.stringify(ids) };
    const changed = this.#read(
      this.#statements.some.summaries.all({ ...requested, limit: -1 }),
      this.#statements.some.ownResults.all(requested),
    );
    const found = new Set(changed.map(({ id }) => id));
    return { revision: latest, whole: false, changed, removed: ids.filter((id) => !found.has(id)) };
  }

  #read(rows: readonly SummaryRow[], ownResults: readonly ResultRow[]): RunSummary[] {
    // Joined here: for a list of thousands, SQLite takes twice as long to join.
    const results = new Map(ownResults.map((row) => [row.run_id, row]));
    const folders = new Set(existsSync(this.#folders) ? readdirSync(this.#folders) : []);
    const read = summaryReader();
    return rows.map((row) => {
      const status = this.#statusOf(row);
      const summary = read({ ...row, status }, results.get(row.id), !folders.has(row.id));
      const end = this.#unwritten.get(row.id);
      if (!end) return summary;
      return { ...summary, status: end.status, finishedAt: end.at.toISOString(), etaSeconds: null };
    });
  }

  #isGone(row: OwnedRow): boolean {
    return this.#unwritten.get(row.id) !== undefined || this.#statusOf(row) === 'interrupted';
  }

  #statusOf(row: OwnedRow): RunStatus {
    return statusNow(row, `run ${row.id}`, new RunFolder(join(this.#folders, row.id)));
  }
}

function statements(database: RunDatabase) {
  return {
    all: listStatements(database, 'list.all', 'TRUE'),
    some: listStatements(database, 'list.some', 'runs.id IN (SELECT value FROM json_each(@ids))'),
    revisions: database.statement<{ first: number; latest: number }>(
      'list.revisions',
      'SELECT first, latest FROM revisions',
    ),
    changed: database.statement<{ run_id: string }>(
      'list.changed',
      'SELECT run_id FROM changes WHERE revision > @since',
    ),
    running: database.statement<OwnedRow>(
      'list.running',
      "SELECT id, status, owner, heartbeat_at FROM runs WHERE status = 'running'",
    ),
  };
}

/** @param where which runs, in SQL */
function listStatements(database: RunDatabase, name: string, where: string) {
  const joined = (alias: string, name: string) =>
    `LEFT JOIN series AS ${alias} ON ${alias}.run_id = runs.id AND ${alias}.name = '${name}'`;
  return {
    summaries: database.statement<SummaryRow>(
      `${name}.summaries`,
      `SELECT runs.id, runs.name, status, created_at, started_at, finished_at, net, width, crop, outputs,
         coalesce(dataset, configured_dataset) AS dataset, train_images, train_scale, test_scales, protocol, seed, batch,
         epochs, first_rate, tags, substr(notes, 1, 200) AS notes, colour, pinned, imported, owner, heartbeat_at,
         unresponsive_since, convergence,
         loss.latest_step AS step, loss.latest_seconds AS seconds, loss.latest_value AS loss,
         rate.latest_value AS learning_rate, speed.latest_value AS images_per_second, memory.latest_value AS memory_bytes,
         top1.lowest_value AS top1_percent, top1.lowest_step AS top1_step, top1.lowest_epoch AS top1_epoch,
         top5.lowest_value AS top5_percent, top5.lowest_step AS top5_step, top5.lowest_epoch AS top5_epoch
       FROM runs ${joined('loss', 'train/loss')} ${joined('rate', 'learningRate')}
         ${joined('speed', 'imagesPerSecond')} ${joined('memory', 'memory/rssBytes')}
         ${joined('top1', 'val/top1Error')} ${joined('top5', 'val/top5Error')}
       WHERE ${where} ORDER BY created_at DESC, runs.id DESC LIMIT @limit`,
    ),
    // The result that `ownResult` chooses. With one max(), SQLite reads the other columns from the row of the maximum.
    ownResults: database.statement<ResultRow>(
      `${name}.ownResults`,
      `SELECT run_id, max(evaluations.created_at), top1_error, top5_error
       FROM evaluations JOIN runs ON runs.id = run_id
       WHERE ${where} AND evaluations.dataset_fingerprint = val_fingerprint
         AND evaluations.protocol = runs.protocol
         AND average = evaluation ->> 'average'
         AND horizontal_flip = evaluation ->> 'horizontalFlip'
         AND checkpoint = evaluation ->> 'checkpoint'
         AND evaluations.test_scales = runs.test_scales
       GROUP BY run_id`,
    ),
  };
}

/** Reads the rows of one list. Many runs share scales, tags and nets: each is computed once. */
function summaryReader() {
  const testScales = once((text: string) => text, jsonReader(testScalesSchema, 'test scales'));
  const trainScale = once((text: string) => text, jsonReader(trainScaleSchema, 'train scale'));
  const convergence = jsonReader(convergenceSchema.nullable(), 'convergence');
  const tags = once((text: string) => text, jsonReader(tagsSchema, 'tags'));
  const parameters = once(
    ({ net, width, crop, outputs }: SummaryRow) => [net, width, crop, outputs].join(),
    ({ net, width, crop, outputs }) =>
      outputs === null ? null : describeNetwork({ config: net, width, crop, classes: outputs }).parameters,
  );
  return (row: SummaryRow, result: ResultRow | undefined, folderMissing: boolean): RunSummary => ({
    id: row.id,
    name: row.name,
    host: row.status === 'running' ? hostElsewhere(row.owner, `run ${row.id}`) : null,
    elsewhere: row.status === 'running' && !isThisProcess(ownerIn(row.owner, `run ${row.id}`)),
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    config: row.net,
    width: row.width,
    crop: row.crop,
    parameters: parameters(row),
    classes: row.outputs,
    dataset: datasetText(row.dataset),
    trainScale: trainScale(row.train_scale),
    testScales: testScales(row.test_scales),
    protocol: row.protocol,
    seed: row.seed,
    top1Error: result?.top1_error ?? null,
    top5Error: result?.top5_error ?? null,
    bestTop1: bestOf(row.top1_percent, row.top1_step, row.top1_epoch),
    bestTop5: bestOf(row.top5_percent, row.top5_step, row.top5_epoch),
    convergence: row.convergence === null ? null : convergence(row.convergence),
    trainLoss: row.step === null ? null : (row.loss ?? NaN),
    learningRate: row.learning_rate ?? row.first_rate,
    imagesPerSecond: row.images_per_second,
    memoryBytes: row.memory_bytes,
    ...progressOf(row),
    tags: tags(row.tags),
    notes: row.notes,
    colour: row.colour,
    pinned: row.pinned !== 0,
    imported: row.imported !== 0,
    folderMissing,
  });
}

/** The metrics of an epoch have its number from 0; people count from 1. */
function bestOf(percent: number | null, step: number | null, epoch: number | null): BestValidation | null {
  return percent === null || step === null || epoch === null ? null : { percent, step, epoch: epoch + 1 };
}

function progressOf(
  row: SummaryRow,
): Pick<
  RunSummary,
  'status' | 'unresponsiveSince' | 'step' | 'totalSteps' | 'epoch' | 'epochs' | 'seconds' | 'etaSeconds'
> {
  const { train_images: images, batch, epochs } = row;
  const { status } = row;
  const [step, seconds] = [row.step ?? 0, row.seconds ?? 0];
  const perEpoch = images === null ? null : stepsPerEpoch(images, batch);
  const totalSteps = perEpoch === null ? null : perEpoch * epochs;
  const known = status === 'running' && totalSteps !== null && step > 0;
  return {
    status,
    unresponsiveSince: status === 'running' ? row.unresponsive_since : null,
    step,
    totalSteps,
    epoch: perEpoch === null ? 0 : step / perEpoch,
    epochs,
    seconds,
    etaSeconds: known ? Math.max(0, totalSteps - step) * (seconds / step) : null,
  };
}

function jsonReader<Schema extends z.ZodType>(schema: Schema, what: string) {
  return (text: string): z.infer<Schema> => parseJson(schema, text, `${what} of a run`);
}

/** A function that computes each answer once and remembers it. */
function once<Input, Output>(keyOf: (input: Input) => string, work: (input: Input) => Output) {
  const known = new Map<string, Output>();
  return (input: Input): Output => {
    const key = keyOf(input);
    const answer = known.has(key) ? (known.get(key) as Output) : work(input);
    known.set(key, answer);
    return answer;
  };
}
