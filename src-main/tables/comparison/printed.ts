import { columnKeys, columns, type ColumnKey } from '../../vocabulary/comparisonColumns.ts';
import { comparisonColumnsOf, type ComparisonOptions } from '../../vocabulary/comparisonOptions.ts';
import { differenceRangeText, differenceText, pValueText } from '../../vocabulary/percentages.ts';
import { rangeText } from '../cells.ts';
import type { PrintedColumn } from '../columns.ts';
import { printedRows, type PrintedCell } from '../printed.ts';
import { cellText, isError } from './cellText.ts';
import type { ComparisonGroup, ComparisonRow, ComparisonTable } from './rows.ts';

type Column = PrintedColumn<ComparisonRow>;

export interface PrintedComparison {
  columns: readonly Column[];
  /** Without those of which no row is shown. */
  groups: readonly (Pick<ComparisonGroup, 'title' | 'statement' | 'answers'> & {
    rows: readonly (readonly PrintedCell[])[];
  })[];
}

/** The table of a comparison as it is printed, in any format. The lowest error is that of a group. */
export function printedComparison(
  table: ComparisonTable,
  options: ComparisonOptions = {},
): PrintedComparison {
  const printed = printedColumns(table, options);
  return {
    columns: printed,
    groups: table.groups.flatMap((group) => {
      const shown = shownRows(group, options);
      return shown.length === 0 ? [] : [{ ...group, rows: printedRows(printed, shown, options) }];
    }),
  };
}

/** All rows of a group, or those of which something came out. */
export function shownRows({ rows }: ComparisonGroup, { onlyRun = false }: ComparisonOptions) {
  return onlyRun ? rows.filter(({ seeds, outcomes }) => seeds.length + outcomes.length > 0) : rows;
}

/** The chosen quantities, those that the comparison shows by itself first. */
export function chosenKeys(table: ComparisonTable, options: ComparisonOptions): ColumnKey[] {
  const own = table.columns.map(({ key }) => key);
  const chosen = comparisonColumnsOf(options, own);
  return [...new Set([...own, ...columnKeys])].filter((key) => chosen.has(key));
}

function printedColumns(table: ComparisonTable, options: ComparisonOptions): Column[] {
  const chosen = comparisonColumnsOf(
    options,
    table.columns.map(({ key }) => key),
  );
  return [
    { head: 'Run', isText: true, text: ({ label }) => label },
    ...chosenKeys(table, options).flatMap((key) => [
      quantityColumn(key, options),
      ...(isError(key) && chosen.has('interval') ? [intervalColumn(key, options)] : []),
    ]),
    ...(chosen.has('effect') ? effectColumns(options) : []),
    ...(chosen.has('converged')
      ? [{ head: 'Converged', isText: true, text: ({ converged }: ComparisonRow) => converged ?? '' }]
      : []),
    ...(chosen.has('seeds')
      ? [
          {
            head: 'Seeds',
            text: ({ seeds }: ComparisonRow) => (seeds.length === 0 ? '' : String(seeds.length)),
          },
        ]
      : []),
  ];
}

function quantityColumn(key: ColumnKey, options: ComparisonOptions): Column {
  return {
    head: columns[key].head,
    isText: key === 'outcome',
    text: (row) => cellText(row, key, options),
    ...(isError(key) && { error: ({ cells }: ComparisonRow) => cells[key]?.mean ?? null }),
  };
}

function intervalColumn(key: 'top1' | 'top5', { decimals }: ComparisonOptions): Column {
  return {
    head: '95 %',
    text: (row) => {
      const interval = row[`${key}Interval`];
      return interval === null ? '' : rangeText(interval, decimals);
    },
  };
}

/** The difference with a star where it is beyond chance, its interval, and p of its own test. */
function effectColumns({ decimals }: ComparisonOptions): Column[] {
  return [
    {
      head: 'Against the first',
      text: ({ effect }) =>
        effect === null
          ? ''
          : `${differenceText(effect.points, decimals)}${effect.beyondChance === true ? '*' : ''}`,
    },
    {
      head: '95 %',
      text: ({ effect }) =>
        effect?.low == null || effect.high === null
          ? ''
          : differenceRangeText(effect.low, effect.high, decimals),
    },
    { head: 'p', text: ({ effect }) => (effect?.pValue == null ? '' : pValueText(effect.pValue)) },
  ];
}
