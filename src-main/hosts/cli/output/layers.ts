import type { LayerMatrix, LoggedValue } from '../../../workbench/contract.ts';
import { textTable } from './textTable.ts';

/** A row for each layer, a column for each step. */
export function layerText({ quantity, quantities, layers, steps, values }: LayerMatrix): string {
  if (quantities.length === 0) {
    return 'The run has logged nothing of its layers: training.statisticsEvery says how often that is done.';
  }
  if (layers.length === 0) return `The run has not logged ${quantity}, but ${quantities.join(', ')}.`;
  const table = textTable(
    [quantity, ...steps.map((step) => `${step}>`)],
    layers.map((layer, row) => [layer, ...(values[row] ?? []).map(short)]),
  );
  return `${table}\n\nColumns are steps. Logged: ${quantities.join(', ')}.`;
}

/** A line for each step, a column for each layer. */
export function layerCsv({ layers, steps, values }: LayerMatrix): string {
  const lines = steps.map((step, column) => [step, ...values.map((row) => row[column] ?? '')]);
  return [['step', ...layers], ...lines].map((line) => line.join(',')).join('\n');
}

function short(value: LoggedValue | null): string {
  if (typeof value !== 'number') return value ?? '';
  return value === 0 ? '0' : value.toPrecision(3);
}
