import {
  layerOfSeries,
  layerQuantities,
  layerSeriesName,
  type LayerQuantity,
} from '../training/layerSeries.ts';
import type { RunDatabase } from './RunDatabase.ts';
import type { SeriesPoints } from './SeriesPoints.ts';

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

/**
 * Reads one quantity of all layers. Columns are left out evenly until at
 * most `maxSteps` remain; the first and the last stay.
 */
export function layerMatrixReader(database: RunDatabase, points: SeriesPoints) {
  const series = database.statement<{ id: number; name: string }>(
    'layers.series',
    `SELECT id, name FROM series WHERE run_id = @runId AND name GLOB '*/*/*' ORDER BY id`,
  );
  return (runId: string, quantity: LayerQuantity, maxSteps: number): LayerMatrix => {
    const all = series.all({ runId });
    const names = all.map(({ name }) => name);
    const layers = all
      .filter(({ name }) => isOf(quantity, name))
      .map(({ id, name }) => ({ name, ...points.read(id, {}) }));
    const kept = evenly(layers[0]?.steps ?? [], maxSteps);
    const columns = new Map(kept.map((step, column) => [step, column]));
    const rows = layers.map(({ steps, values }) => {
      const row = kept.map((): LoggedValue | null => null);
      for (const [index, step] of steps.entries()) {
        const column = columns.get(step);
        if (column !== undefined) row[column] = loggedValue(values[index] ?? NaN);
      }
      return row;
    });
    return {
      quantity,
      quantities: layerQuantities.filter((each) => names.some((name) => isOf(each, name))),
      layers: layers.map(({ name }) => layerOfSeries(name)),
      steps: kept,
      values: rows,
    };
  };
}

function isOf(quantity: LayerQuantity, name: string): boolean {
  return name === layerSeriesName(quantity, layerOfSeries(name));
}

function loggedValue(value: number): LoggedValue {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity';
}

/** At most `most` of the values, including the first and the last. */
function evenly(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values];
  const gap = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => values[Math.round(index * gap)] ?? NaN);
}
