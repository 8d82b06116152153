import {
  layerOfSeries,
  layerQuantities,
  layerSeriesName,
  type LayerQuantity,
} from '../training/layerSeries.ts';
import type { RunDatabase } from './RunDatabase.ts';

/** A value as it was logged. JSON has no non-finite numbers, so these are texts. */
export type LoggedValue = number | 'NaN' | 'Infinity' | '-Infinity';

/** One quantity of a run's layers over its steps. */
export interface LayerMatrix {
  quantity: LayerQuantity;
  /** The quantities that the run has logged of its layers. */
  quantities: LayerQuantity[];
  /** From the input on. */
  layers: string[];
  /** In order. */
  steps: number[];
  /** [layers][steps]; null where a layer has no value. */
  values: (LoggedValue | null)[][];
}

interface Cell {
  name: string;
  step: number;
  value: number | null;
}

/**
 * Reads one quantity of all layers: two statements, however many layers there are. Columns are left out evenly until at
 * most `maxSteps` remain; the first and the last stay.
 */
export function layerMatrixReader(database: RunDatabase) {
  const first = database.statement<{ name: string }>(
    'layers.series',
    `SELECT name FROM series WHERE run_id = @runId AND name GLOB '*/*/*' ORDER BY id`,
  );
  const steps = database.statement<number>(
    'layers.steps',
    `SELECT step FROM metrics WHERE series_id = (SELECT id FROM series WHERE run_id = @runId AND name = @name) ORDER BY step`,
    { rows: 'values' },
  );
  const cells = database.statement<Cell>(
    'layers.cells',
    `SELECT name, step, value FROM series CROSS JOIN metrics ON series_id = id
     WHERE run_id = @runId AND name GLOB @pattern AND step IN (SELECT value FROM json_each(@steps))`,
  );
  return (runId: string, quantity: LayerQuantity, maxSteps: number): LayerMatrix => {
    const names = first.all({ runId }).map(({ name }) => name);
    const own = names.filter((name) => isOf(quantity, name));
    const kept = evenly(own[0] === undefined ? [] : steps.all({ runId, name: own[0] }), maxSteps);
    const columns = new Map(kept.map((step, column) => [step, column]));
    const rows = new Map(own.map((name) => [name, kept.map((): LoggedValue | null => null)]));
    const pattern = layerSeriesName(quantity, '*');
    for (const { name, step, value } of cells.all({ runId, pattern, steps: JSON.stringify(kept) })) {
      const row = rows.get(name);
      const column = columns.get(step);
      if (row && column !== undefined) row[column] = loggedValue(value);
    }
    return {
      quantity,
      quantities: layerQuantities.filter((each) => names.some((name) => isOf(each, name))),
      layers: own.map(layerOfSeries),
      steps: kept,
      values: [...rows.values()],
    };
  };
}

function isOf(quantity: LayerQuantity, name: string): boolean {
  return name === layerSeriesName(quantity, layerOfSeries(name));
}

/** SQLite keeps NaN as NULL. */
function loggedValue(value: number | null): LoggedValue {
  if (value === null) return 'NaN';
  return Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity';
}

/** At most `most` of the values, including the first and the last. */
function evenly(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  const gap = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => values[Math.round(index * gap)] ?? NaN);
}
