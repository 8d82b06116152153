import { stringify } from 'csv-stringify/sync';
import {
  comparisonColumnsOf,
  type ComparisonColumn,
  type ComparisonOptions,
} from '../../vocabulary/comparisonOptions.ts';
import type { ColumnKey } from '../../vocabulary/comparisonColumns.ts';
import { plainCell } from '../../vocabulary/csvText.ts';
import { probability } from '../csv.ts';
import { isError, spreadOf } from './cellText.ts';
import { chosenKeys, shownRows } from './printed.ts';
import type { ComparisonGroup, ComparisonRow, ComparisonTable } from './rows.ts';

type Value = number | string | null;

/**
 * The comparison as CSV, one line for each run of each group, one number a cell; unknown values are empty.
 *
 * @param options only what is asked for is changed; without decimals nothing is rounded
 */
export function comparisonToCsv(table: ComparisonTable, options: ComparisonOptions = {}): string {
  return stringify(
    table.groups.flatMap((group) =>
      shownRows(group, options).map((row) => record({ table, group, row, options })),
    ),
    { header: true, cast: { string: plainCell } },
  );
}

interface Line {
  table: ComparisonTable;
  group: ComparisonGroup;
  row: ComparisonRow;
  options: ComparisonOptions;
}

function record({ table, group, row, options }: Line): Record<string, Value> {
  const { name, context, notes } = table;
  const chosen = comparisonColumnsOf(
    options,
    table.columns.map(({ key }) => key),
  );
  const only = (column: ComparisonColumn, values: Record<string, Value>) =>
    chosen.has(column) ? values : {};
  return {
    study: name,
    group: group.title,
    run: row.key,
    label: row.label,
    ...Object.fromEntries(chosenKeys(table, options).flatMap((key) => quantityCells(row, key, options))),
    ...only('interval', intervalCells(row, options)),
    ...only('effect', effectCells(row, options)),
    ...only('converged', { converged: row.converged }),
    ...only('seeds', { seeds: row.seeds.length }),
    protocol: row.protocol,
    images: row.images,
    dataset: context.dataset,
    preset: context.preset,
    crop: context.crop,
    width: context.width,
    ...only('note', { note: notes.join('; ') }),
  };
}

function quantityCells(row: ComparisonRow, key: ColumnKey, options: ComparisonOptions): [string, Value][] {
  const cell = row.cells[key];
  if (key === 'outcome') return [[key, cell?.text ?? null]];
  const number = (value: number | null) => (isError(key) ? rounded(value, options) : value);
  const { spread = 'seeds' } = options;
  const spreadName = spread === 'images' ? 'standard_error' : 'deviation';
  const hasSpread = spread !== 'none' && (spread === 'seeds' || isError(key));
  return [
    [key, number(cell?.mean ?? null)],
    ...(hasSpread
      ? [[`${key}_${spreadName}`, number(spreadOf(row, key, options))] satisfies [string, Value]]
      : []),
  ];
}

function intervalCells({ top1Interval, top5Interval }: ComparisonRow, options: ComparisonOptions) {
  const end = (value: number | undefined) => rounded(value ?? null, options);
  return {
    top1_low: end(top1Interval?.low),
    top1_high: end(top1Interval?.high),
    top5_low: end(top5Interval?.low),
    top5_high: end(top5Interval?.high),
  };
}

function effectCells({ effect }: ComparisonRow, options: ComparisonOptions): Record<string, Value> {
  const end = (value: number | null | undefined) => rounded(value ?? null, options);
  return {
    effect: end(effect?.points),
    effect_low: end(effect?.low),
    effect_high: end(effect?.high),
    effect_p: probability(effect?.pValue),
    effect_p_adjusted: probability(effect?.pAdjusted),
    effect_missing: effect?.missing ?? null,
  };
}

function rounded(value: number | null, { decimals }: ComparisonOptions): Value {
  return value === null || decimals === undefined ? value : value.toFixed(decimals);
}
