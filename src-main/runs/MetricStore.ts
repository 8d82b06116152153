import { decimate } from './decimate.ts';
import type { MetricPoint } from './records.ts';
import type { RunDatabase } from './RunDatabase.ts';

/** One series of a run, its points in order of step. Values are NaN where training diverged. */
export interface Series {
  name: string;
  steps: number[];
  epochs: number[];
  seconds: number[];
  values: number[];
}

/** What lists and overviews need of a series. Extremes are null if no value is finite. */
export interface SeriesSummary {
  runId: string;
  name: string;
  points: number;
  latest: { step: number; value: number };
  lowest: { step: number; value: number } | null;
  highest: { step: number; value: number } | null;
}

interface SeriesRow {
  id: number;
  run_id: string;
  name: string;
  points: number;
  latest_step: number;
  latest_value: number | null;
  lowest_step: number | null;
  lowest_value: number | null;
  highest_step: number | null;
  highest_value: number | null;
}

type PointRow = [step: number, epoch: number, seconds: number, value: number | null];

/** The rows of metrics, and of each series its latest and extreme values. */
export class MetricStore {
  readonly #database: RunDatabase;
  readonly #statements;

  constructor(database: RunDatabase) {
    this.#database = database;
    this.#statements = statements(database);
  }

  /** Writes a batch in one transaction; a point of a step that is there already replaces it. */
  append(runId: string, points: Iterable<MetricPoint>): void {
    this.#database.transaction(() => {
      const touched = new Map<string, { series: SeriesRow; replaced: boolean }>();
      for (const { name, step, epoch, seconds, value } of points) {
        const entry = touched.get(name) ?? { series: this.#openSeries(runId, name), replaced: false };
        touched.set(name, entry);
        const stored = Number.isNaN(value) ? null : value;
        this.#statements.put.run({ seriesId: entry.series.id, step, epoch, seconds, value: stored });
        if (step > entry.series.latest_step) extend(entry.series, step, stored);
        else entry.replaced = true;
      }
      for (const { series, replaced } of touched.values()) {
        if (replaced) this.#statements.resummarise.run({ seriesId: series.id });
        else this.#statements.summarise.run({ ...series });
      }
    });
  }

  /** Forgets everything after a step, for a run that is taken up again from a checkpoint. */
  truncateAfter(runId: string, step: number): void {
    this.#database.transaction(() => {
      for (const { id: seriesId } of this.#statements.series.all({ runId })) {
        this.#statements.truncate.run({ seriesId, step });
        if (this.#statements.removeEmpty.run({ seriesId }) === 0)
          this.#statements.resummarise.run({ seriesId });
      }
    });
  }

  removeAll(runId: string): void {
    this.#statements.removeAll.run({ runId });
  }

  /** The series of a run, each thinned to at most `mostPoints` with its spikes kept. */
  read(runId: string, options: { names?: readonly string[]; mostPoints?: number } = {}): Series[] {
    const { names, mostPoints = Infinity } = options;
    return this.#statements.series
      .all({ runId })
      .filter(({ name }) => names === undefined || names.includes(name))
      .map(({ id: seriesId, name }) => {
        const rows = this.#statements.points.all({ seriesId });
        const kept = decimate(
          Float64Array.from(rows, ([, , , value]) => value ?? NaN),
          mostPoints,
        );
        const series: Series = { name, steps: [], epochs: [], seconds: [], values: [] };
        for (const position of kept) {
          const row = rows[position];
          if (row === undefined) continue;
          series.steps.push(row[0]);
          series.epochs.push(row[1]);
          series.seconds.push(row[2]);
          series.values.push(row[3] ?? NaN);
        }
        return series;
      });
  }

  summaries(runId: string): SeriesSummary[] {
    return this.#statements.series.all({ runId }).map(summaryOf);
  }

  /** One series of every run that has it, by the run's id. */
  summariesOf(name: string): Map<string, SeriesSummary> {
    return new Map(this.#statements.named.all({ name }).map((row) => [row.run_id, summaryOf(row)]));
  }

  #openSeries(runId: string, name: string): SeriesRow {
    this.#statements.addSeries.run({ runId, name });
    const row = this.#statements.oneSeries.get({ runId, name });
    if (row === undefined) throw new Error(`series ${name} of run ${runId} was not written`);
    return row;
  }
}

/** Takes a later point into the summary of its series. */
function extend(series: SeriesRow, step: number, value: number | null): void {
  series.points += 1;
  series.latest_step = step;
  series.latest_value = value;
  if (value === null || !Number.isFinite(value)) return;
  if (series.lowest_value === null || value < series.lowest_value) {
    series.lowest_step = step;
    series.lowest_value = value;
  }
  if (series.highest_value === null || value > series.highest_value) {
    series.highest_step = step;
    series.highest_value = value;
  }
}

function statements(database: RunDatabase) {
  const finite = 'FROM metrics WHERE series_id = @seriesId AND abs(value) < 9e999';
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
    named: database.statement<SeriesRow>('metrics.named', 'SELECT * FROM series WHERE name = @name'),
    put: database.statement(
      'metrics.put',
      'INSERT OR REPLACE INTO metrics (series_id, step, epoch, seconds, value) VALUES (@seriesId, @step, @epoch, @seconds, @value)',
    ),
    summarise: database.statement(
      'metrics.summarise',
      `UPDATE series SET points = @points, latest_step = @latest_step, latest_value = @latest_value,
         lowest_step = @lowest_step, lowest_value = @lowest_value,
         highest_step = @highest_step, highest_value = @highest_value WHERE id = @id`,
    ),
    resummarise: database.statement(
      'metrics.resummarise',
      `UPDATE series SET
         points = (SELECT count(*) FROM metrics WHERE series_id = @seriesId),
         (latest_step, latest_value) = (SELECT step, value FROM metrics WHERE series_id = @seriesId ORDER BY step DESC LIMIT 1),
         (lowest_step, lowest_value) = (SELECT step, value ${finite} ORDER BY value, step LIMIT 1),
         (highest_step, highest_value) = (SELECT step, value ${finite} ORDER BY value DESC, step LIMIT 1)
       WHERE id = @seriesId`,
    ),
    points: database.statement<PointRow>(
      'metrics.points',
      'SELECT step, epoch, seconds, value FROM metrics WHERE series_id = @seriesId ORDER BY step',
      { arrays: true },
    ),
    truncate: database.statement(
      'metrics.truncate',
      'DELETE FROM metrics WHERE series_id = @seriesId AND step > @step',
    ),
    removeEmpty: database.statement(
      'metrics.removeEmpty',
      'DELETE FROM series WHERE id = @seriesId AND NOT EXISTS (SELECT 1 FROM metrics WHERE series_id = @seriesId)',
    ),
    removeAll: database.statement('metrics.removeAll', 'DELETE FROM series WHERE run_id = @runId'),
  };
}

function summaryOf(row: SeriesRow): SeriesSummary {
  const point = (step: number | null, value: number | null) =>
    step === null || value === null ? null : { step, value };
  return {
    runId: row.run_id,
    name: row.name,
    points: row.points,
    latest: { step: row.latest_step, value: row.latest_value ?? NaN },
    lowest: point(row.lowest_step, row.lowest_value),
    highest: point(row.highest_step, row.highest_value),
  };
}
