import { describeKeys } from '../configuration/keys.ts';
import { valueAt } from '../vocabulary/valueAt.ts';
import type { RunDatabase } from './RunDatabase.ts';

/** Settings and latest metrics of all runs, in columns: what a table or a plot over all runs can be made of. */
export interface RunValues {
  /** Of the runs, in the order of all values. */
  ids: string[];
  /** Every key of the configuration. A run of an earlier version may lack one: undefined. */
  settings: { key: string; values: unknown[] }[];
  /** The latest value of each series that is of the run as a whole; null for runs without it. */
  metrics: { name: string; values: (number | null)[] }[];
}

/** A series of a layer has two slashes in its name: `gradient/conv1_1/norm`. */
const ofWholeRun = "series.name NOT LIKE '%/%/%'";

export class RunValuesReader {
  readonly #statements;

  constructor(database: RunDatabase) {
    this.#statements = {
      configs: database.statement<{ id: string; config: string }>(
        'values.configs',
        'SELECT id, config FROM runs ORDER BY created_at DESC, id DESC',
      ),
      metrics: database.statement<{ run_id: string; name: string; latest_value: number | null }>(
        'values.metrics',
        `SELECT run_id, name, latest_value FROM series WHERE ${ofWholeRun} ORDER BY name`,
      ),
    };
  }

  read(): RunValues {
    const rows = this.#statements.configs.all({});
    const configs = rows.map(({ config }): unknown => JSON.parse(config));
    const place = new Map(rows.map(({ id }, index) => [id, index]));
    const metrics = new Map<string, (number | null)[]>();
    for (const { run_id: id, name, latest_value: value } of this.#statements.metrics.all({})) {
      const at = place.get(id);
      if (at === undefined) continue;
      const values = metrics.get(name) ?? Array.from(rows, () => null);
      values[at] = value;
      metrics.set(name, values);
    }
    return {
      ids: rows.map(({ id }) => id),
      settings: describeKeys().map(({ key }) => ({
        key,
        values: configs.map((config) => valueAt(config, key)),
      })),
      metrics: [...metrics].map(([name, values]) => ({ name, values })),
    };
  }
}
