import { standardError } from '../../statistics/standardError.ts';
import { columns, type ColumnKey } from '../../vocabulary/comparisonColumns.ts';
import type { ComparisonOptions } from '../../vocabulary/comparisonOptions.ts';
import { meanText, type MeanAndDeviation } from '../../vocabulary/statistics.ts';
import type { ComparisonRow } from './rows.ts';

/** Whether a column is of errors: those have decimals, standard errors, and a lowest one. */
export function isError(key: ColumnKey): key is 'top1' | 'top5' {
  return key === 'top1' || key === 'top5';
}

/** A quantity over the seeds as it is printed. @param deviation what stands after ±; null for nothing */
export function quantityText(
  key: ColumnKey,
  { mean, deviation }: MeanAndDeviation,
  { decimals }: ComparisonOptions = {},
): string {
  const format =
    decimals !== undefined && isError(key) ? (value: number) => value.toFixed(decimals) : columns[key].format;
  // Counted quantities are the same for every seed.
  return meanText({ mean, deviation: deviation === 0 ? null : deviation }, format);
}

/** What is printed of a row in a column; nothing where it is not known. */
export function cellText(row: ComparisonRow, key: ColumnKey, options: ComparisonOptions): string {
  const cell = row.cells[key];
  if (!cell) return '';
  const { mean, text } = cell;
  return mean === null ? text : quantityText(key, { mean, deviation: spreadOf(row, key, options) }, options);
}

/** What stands after ±; null where there is nothing: one seed, or a quantity that has no error over images. */
export function spreadOf(
  { cells, images }: ComparisonRow,
  key: ColumnKey,
  { spread = 'seeds' }: ComparisonOptions,
): number | null {
  const { mean = null, deviation = null } = cells[key] ?? {};
  if (spread === 'seeds') return deviation;
  if (spread === 'none' || !isError(key) || mean === null || images === null) return null;
  return standardError(mean, images);
}
