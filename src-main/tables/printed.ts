import { netsText } from '../vocabulary/paperTables.ts';
import type { TableOptions } from '../vocabulary/tableOptions.ts';
import { printedColumns, type PrintedColumn } from './columns.ts';
import type { ResultTable } from './resultTable.ts';

export interface PrintedCell {
  text: string;
  /** One of the lowest errors of its column, and bold was asked for. */
  isBold: boolean;
}

export interface PrintedTable {
  columns: readonly PrintedColumn[];
  /** Rows under one rule: in the paper's layout those of one net, whose name stands in the first of them only. */
  groups: readonly (readonly (readonly PrintedCell[])[])[];
}

/** A table as it is printed, in any format. */
export function printedTable(table: ResultTable, options: TableOptions = {}): PrintedTable {
  const columns = printedColumns(table, options);
  const shown = options.onlyRun === true ? table.rows.filter(({ result }) => result !== null) : table.rows;
  const rows = printedRows(columns, shown, options);
  if (options.layout !== 'paper') return { columns, groups: [rows] };
  const byNet = Map.groupBy(
    shown.map(({ paper }, index) => ({ net: netsText(paper), cells: rows[index] ?? [] })),
    ({ net }) => net,
  );
  return { columns, groups: [...byNet.values()].map((ofNet) => ofNet.map(({ cells }) => cells)) };
}

/** Rows in which the lowest error of a column is bold, if that was asked for. */
export function printedRows<Row>(
  columns: readonly PrintedColumn<Row>[],
  rows: readonly Row[],
  { bold = false }: Pick<TableOptions, 'bold'>,
): PrintedCell[][] {
  const lowest = columns.map((column) => (bold ? lowestText(column, rows) : undefined));
  return rows.map((row) =>
    columns.map((column, index) => ({
      text: column.text(row),
      isBold: lowest[index] !== undefined && lowestText(column, [row]) === lowest[index],
    })),
  );
}

/** The lowest error of a column as its mean is printed: equal as printed is equally good. */
function lowestText<Row>({ error, text }: PrintedColumn<Row>, rows: readonly Row[]): string | undefined {
  if (!error) return undefined;
  const [lowest] = rows
    .filter((row) => error(row) !== null)
    .toSorted((one, other) => (error(one) ?? NaN) - (error(other) ?? NaN));
  return lowest === undefined ? undefined : text(lowest).replace(/ ±.*$/, '');
}
