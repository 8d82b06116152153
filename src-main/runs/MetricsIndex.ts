import { closeSync, existsSync, openSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bytesOf } from '../foundation/files.ts';
import { lineBefore, metricsParts, parseMetricLine, pointsOf } from './folder/metricsFile.ts';
import type { RunFolder } from './folder/RunFolder.ts';
import type { MetricPoint } from './records.ts';
import type { MetricStore } from './MetricStore.ts';
import type { RunDatabase } from './RunDatabase.ts';
import type { RunJudge } from './RunJudge.ts';
import type { RunStore } from './RunStore.ts';

/** How many are written at once: fewer would be packed again and again. */
const pointsAtOnce = 30_000;

/**
 * Brings the rows of metrics up to the files of the runs. For each run the index knows up to which byte it holds the
 * file, so that only what came later is read: of a run that is resumed, the steps since its last checkpoint. A whole file
 * of a week's training is read in parts, and other work runs in between; interrupted, it goes on there the next time.
 */
export class MetricsIndex {
  readonly #database: RunDatabase;
  readonly #runs: RunStore;
  readonly #metrics: MetricStore;
  readonly #judge: RunJudge;
  readonly #folderOf: (id: string) => RunFolder;
  readonly #underWay = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(
    database: RunDatabase,
    stores: { runs: RunStore; metrics: MetricStore; judge: RunJudge },
    folderOf: (id: string) => RunFolder,
  ) {
    this.#database = database;
    this.#runs = stores.runs;
    this.#metrics = stores.metrics;
    this.#judge = stores.judge;
    this.#folderOf = folderOf;
  }

  /** Whether the file of a run is longer than what the index holds of it. A run that is being trained is up to date. */
  isBehind(id: string): boolean {
    const { status, logBytes } = this.#runs.indexed(id);
    if (status === 'running' || logBytes === null) return false;
    return logBytes < bytesOf(this.#folderOf(id).metrics);
  }

  /** @throws WorkbenchError `metrics-unreadable` for a line that is no metric: what comes before is then indexed */
  async bringUp(...ids: string[]): Promise<void> {
    const others = ids.flatMap((id) => this.#underWay.get(id) ?? []);
    const own = ids.filter((id) => !this.#underWay.has(id));
    const work = this.#read(own).finally(() => {
      for (const id of own) this.#underWay.delete(id);
    });
    for (const id of own) this.#underWay.set(id, work);
    await Promise.all([work, ...others]);
  }

  /** Nothing more is written; what is missing is read the next time. */
  close(): void {
    this.#isClosed = true;
  }

  async #read(ids: readonly string[]): Promise<void> {
    const gathered = new Map<string, { points: MetricPoint[]; end: number }>();
    let count = 0;
    const write = () => {
      this.#database.transaction(() => {
        for (const [id, { points, end }] of gathered) {
          if (!this.#runs.has(id)) continue;
          this.#metrics.append(id, points);
          this.#runs.setLogBytes(id, end);
        }
      });
      gathered.clear();
      count = 0;
    };
    try {
      for (const id of ids) {
        for await (const { points, end } of this.#newParts(id)) {
          gathered.set(id, { points: (gathered.get(id)?.points ?? []).concat(points), end });
          count += points.length;
          if (count >= pointsAtOnce) write();
        }
      }
    } finally {
      if (count > 0 && !this.#isClosed) write();
    }
    if (!this.#isClosed) for (const id of ids) this.#judge.keep(id);
  }

  async *#newParts(id: string): AsyncGenerator<{ points: MetricPoint[]; end: number }, void, undefined> {
    const path = this.#folderOf(id).metrics;
    const from = this.#begin(id, path);
    if (!existsSync(path)) return;
    for (const part of metricsParts(path, from)) {
      await nextTurn();
      if (this.#isClosed || !this.#runs.has(id)) return;
      yield { points: pointsOf(path, part), end: part.end };
    }
  }

  /** The position from which the file is read. Where the index does not go together with the file, it is emptied. */
  #begin(id: string, path: string): number {
    const { logBytes } = this.#runs.indexed(id);
    if (logBytes === 0 && this.#metrics.names(id).length === 0) return 0;
    if (logBytes !== null && logBytes > 0 && this.#fits(id, path, logBytes)) return logBytes;
    this.#database.transaction(() => {
      this.#metrics.removeAll(id);
      this.#runs.setLogBytes(id, 0);
    });
    return 0;
  }

  /** Whether the last metric before the position is one that the index holds: the file may be of another copy of the run. */
  #fits(id: string, path: string, position: number): boolean {
    if (!existsSync(path)) return false;
    const file = openSync(path, 'r');
    try {
      const line = lineBefore(file, position);
      const point = line === undefined ? undefined : parseMetricLine(line);
      if (point === undefined) return false;
      const { name, step, seconds, value } = point;
      const [series] = this.#metrics.read(id, { names: [name], fromStep: step, toStep: step });
      return series?.seconds[0] === seconds && Object.is(series.values[0], value);
    } finally {
      closeSync(file);
    }
  }
}

/** Reads a whole file of metrics, without keeping it. @throws WorkbenchError `metrics-unreadable` */
export async function requireReadableMetrics(path: string): Promise<void> {
  if (!existsSync(path)) return;
  for (const part of metricsParts(path)) {
    pointsOf(path, part);
    await nextTurn();
  }
}
