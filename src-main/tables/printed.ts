import { netsText } from '../vocabulary/paperTables.ts';
import type { TableOptions } from '../vocabulary/tableOptions.ts';
import { printedColumns, type PrintedColumn } from './columns.ts';
import type { ResultRow, ResultTable } from './resultTable.ts';

export interface PrintedCell {
  text: string;
  /** One of the lowest errors of its column, and bold was asked for. */
  isBest: boolean;
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
  const best = columns.map((column) => (options.bold === true ? lowestText(column, shown) : undefined));
  const cellsOf = (row: ResultRow) =>
    columns.map((column, index) => {
      const text = column.text(row);
      return { text, isBest: best[index] !== undefined && lowestText(column, [row]) === best[index] };
    });
  if (options.layout !== 'paper') return { columns, groups: [shown.map(cellsOf)] };
  const groups = Map.groupBy(shown, ({ paper }) => netsText(paper));
  return { columns, groups: [...groups.values()].map((rows) => rows.map(cellsOf)) };
}

/** The lowest error of a column as its mean is printed: equal as printed is equally good. */
function lowestText({ error, text }: PrintedColumn, rows: readonly ResultRow[]): string | undefined {
  if (!error) return undefined;
  const [lowest] = rows
    .filter((row) => error(row) !== null)
    .toSorted((one, other) => (error(one) ?? NaN) - (error(other) ?? NaN));
  return lowest && text(lowest).replace(/ ±.*$/, '');
}
