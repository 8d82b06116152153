import { layerMatrixReader } from './layerMatrix.ts';
import type { Stretch } from './metricBlocks.ts';
import { rowsToPack, SeriesPoints } from './SeriesPoints.ts';
import type { MetricPoint, Series, SeriesWindow } from './records.ts';
import type { RunDatabase } from './RunDatabase.ts';

/** A point that represents a series: its latest or an extreme. */
export interface SeriesPoint {
  step: number;
  epoch: number;
  value: number;
}

/** What lists and overviews show of a series. Extremes are null if no value is finite. */
export interface SeriesSummary {
  runId: string;
  name: string;
  points: number;
  latest: SeriesPoint;
  lowest: SeriesPoint | null;
  highest: SeriesPoint | null;
}

interface SeriesRow {
  id: number;
  run_id: string;
  name: string;
  points: number;
  /** How many of them are rows, and not yet packed. */
  rows: number;
  latest_step: number;
  latest_epoch: number | null;
  latest_seconds: number | null;
  latest_value: number | null;
  lowest_step: number | null;
  lowest_epoch: number | null;
  lowest_value: number | null;
  highest_step: number | null;
  highest_epoch: number | null;
  highest_value: number | null;
}

/** The rows of metrics, and the latest and extreme values of each series. */
export class MetricStore {
  readonly #database: RunDatabase;
  readonly #statements;
  readonly #points: SeriesPoints;
  /** One quantity of all layers over the steps. */
  readonly layers;

  constructor(database: RunDatabase) {
    this.#database = database;
    this.#statements = statements(database);
    this.#points = new SeriesPoints(database);
    this.layers = layerMatrixReader(database, this.#points);
  }

  /** Writes a batch in one transaction; a new point replaces an earlier one of the same step. */
  append(runId: string, points: Iterable<MetricPoint>): void {
    this.#database.transaction(() => {
      const gathered = new Map<string, MetricPoint[]>();
      for (const point of points) {
        const known = gathered.get(point.name);
        if (known) known.push(point);
        else gathered.set(point.name, [point]);
      }
      for (const [name, added] of gathered) this.#appendTo(this.#openSeries(runId, name), added);
    });
  }

  #appendTo(series: SeriesRow, added: readonly MetricPoint[]): void {
    const seriesId = series.id;
    let latest = series.latest_step;
    const isInOrder = added.every(({ step }) => {
      const isLater = step > latest;
      latest = step;
      return isLater;
    });
    if (isInOrder) {
      const rows = this.#points.append(seriesId, series.rows, added);
      for (const point of added) extend(series, point);
      this.#statements.summarise.run({ ...series, rows });
    } else {
      const rows = this.#points.replace(seriesId, added);
      this.#statements.resummarise.run({ seriesId, rows });
    }
  }

  /** Packs some of the points of a run that an earlier version left as rows. @returns whether there may be more */
  pack(runId: string): boolean {
    if (!this.#statements.unpacked.get({ runId })) return false;
    return this.#database.transaction(() => {
      const series = this.#statements.unpacked.get({ runId });
      if (!series) return false;
      const rows = this.#points.pack(series.id, series.rows);
      this.#statements.setRows.run({ seriesId: series.id, rows });
      return rows < series.rows;
    });
  }

  /** Deletes everything after a step, for a run that resumes from a checkpoint. */
  truncateAfter(runId: string, step: number): void {
    this.#database.transaction(() => {
      for (const { id: seriesId } of this.#statements.series.all({ runId })) {
        const { changed, rows } = this.#points.truncateAfter(seriesId, step);
        if (changed && this.#statements.removeEmpty.run({ seriesId }) === 0)
          this.#statements.resummarise.run({ seriesId, rows });
      }
    });
  }

  removeAll(runId: string): void {
    this.#statements.removeAll.run({ runId });
  }

  /** The names of a run's series. */
  names(runId: string): string[] {
    return this.#statements.series.all({ runId }).map(({ name }) => name);
  }

  /** All series of a run, or those of `names` that exist. */
  read(runId: string, { names, ...window }: SeriesWindow & { names?: readonly string[] } = {}): Series[] {
    return this.#statements.series
      .all({ runId })
      .filter(({ name }) => names === undefined || names.includes(name))
      .map(({ id, name }) => ({ name, ...this.#points.read(id, window) }));
  }

  /** Steps and values of one series, in stretches that may begin before the window and end after it. */
  stretches(runId: string, name: string, window: SeriesWindow): Stretch[] {
    const series = this.#statements.oneSeries.get({ runId, name });
    return series ? this.#points.stretches(series.id, window) : [];
  }

  /** Summaries of the run as a whole. The series of its layers, a hundred or more, are read with {@link layers}. */
  summaries(runId: string): SeriesSummary[] {
    return this.#statements.seriesOfWhole.all({ runId }).map(summaryOf);
  }

  #openSeries(runId: string, name: string): SeriesRow {
    this.#statements.addSeries.run({ runId, name });
    const row = this.#statements.oneSeries.get({ runId, name });
    if (row === undefined) throw new Error(`series ${name} of run ${runId} was not written`);
    return row;
  }
}

/** Updates the summary of a series with a later point. */
function extend(series: SeriesRow, { step, epoch, seconds, value: given }: MetricPoint): void {
  const value = Number.isNaN(given) ? null : given;
  series.points += 1;
  series.latest_step = step;
  series.latest_epoch = epoch;
  series.latest_seconds = seconds;
  series.latest_value = value;
  if (value === null || !Number.isFinite(value)) return;
  if (series.lowest_value === null || value < series.lowest_value) {
    series.lowest_step = step;
    series.lowest_epoch = epoch;
    series.lowest_value = value;
  }
  if (series.highest_value === null || value > series.highest_value) {
    series.highest_step = step;
    series.highest_epoch = epoch;
    series.highest_value = value;
  }
}

function statements(database: RunDatabase) {
  const latest =
    'SELECT step, epoch, seconds, value FROM metrics WHERE series_id = @seriesId ORDER BY step DESC';
  const extremes = (kind: 'lowest' | 'highest') =>
    `SELECT step, epoch, value FROM metrics WHERE series_id = @seriesId AND abs(value) < 9e999
     UNION ALL
     SELECT ${kind} ->> 'step', ${kind} ->> 'epoch', ${kind}_value FROM blocks
     WHERE series_id = @seriesId AND ${kind} IS NOT NULL`;
  return {
    addSeries: database.statement(
      'metrics.addSeries',
      `INSERT INTO series (run_id, name, points, latest_step) VALUES (@runId, @name, 0, -1)
       ON CONFLICT (run_id, name) DO NOTHING`,
    ),
    oneSeries: database.statement<SeriesRow>(
      'metrics.oneSeries',
      'SELECT * FROM series WHERE run_id = @runId AND name = @name',
    ),
    series: database.statement<SeriesRow>(
      'metrics.series',
      'SELECT * FROM series WHERE run_id = @runId ORDER BY name',
    ),
    seriesOfWhole: database.statement<SeriesRow>(
      'metrics.seriesOfWhole',
      "SELECT * FROM series WHERE run_id = @runId AND name NOT GLOB '*/*/*' ORDER BY name",
    ),
    unpacked: database.statement<Pick<SeriesRow, 'id' | 'rows'>>(
      'metrics.unpacked',
      `SELECT id, rows FROM series WHERE run_id = @runId AND rows >= ${rowsToPack} LIMIT 1`,
    ),
    setRows: database.statement('metrics.setRows', 'UPDATE series SET rows = @rows WHERE id = @seriesId'),
    summarise: database.statement(
      'metrics.summarise',
      `UPDATE series SET points = @points, rows = @rows, latest_step = @latest_step, latest_epoch = @latest_epoch,
         latest_seconds = @latest_seconds, latest_value = @latest_value,
         lowest_step = @lowest_step, lowest_epoch = @lowest_epoch, lowest_value = @lowest_value,
         highest_step = @highest_step, highest_epoch = @highest_epoch, highest_value = @highest_value WHERE id = @id`,
    ),
    resummarise: database.statement(
      'metrics.resummarise',
      `UPDATE series SET
         points = @rows + (SELECT coalesce(sum(points), 0) FROM blocks WHERE series_id = @seriesId),
         rows = @rows,
         (latest_step, latest_epoch, latest_seconds, latest_value) = (${latest} LIMIT 1),
         (lowest_step, lowest_epoch, lowest_value) = (${extremes('lowest')} ORDER BY 3, 1 LIMIT 1),
         (highest_step, highest_epoch, highest_value) = (${extremes('highest')} ORDER BY 3 DESC, 1 LIMIT 1)
       WHERE id = @seriesId`,
    ),
    removeEmpty: database.statement(
      'metrics.removeEmpty',
      'DELETE FROM series WHERE id = @seriesId AND NOT EXISTS (SELECT 1 FROM metrics WHERE series_id = @seriesId) AND NOT EXISTS (SELECT 1 FROM blocks WHERE series_id = @seriesId)',
    ),
    removeAll: database.statement('metrics.removeAll', 'DELETE FROM series WHERE run_id = @runId'),
  };
}

function summaryOf(row: SeriesRow): SeriesSummary {
  const point = (step: number | null, epoch: number | null, value: number | null) =>
    step === null || epoch === null || value === null ? null : { step, epoch, value };
  return {
    runId: row.run_id,
    name: row.name,
    points: row.points,
    latest: { step: row.latest_step, epoch: row.latest_epoch ?? 0, value: row.latest_value ?? NaN },
    lowest: point(row.lowest_step, row.lowest_epoch, row.lowest_value),
    highest: point(row.highest_step, row.highest_epoch, row.highest_value),
  };
}
