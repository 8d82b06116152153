import { latexTable } from '../vocabulary/latex.ts';
import type { TableOptions } from '../vocabulary/tableOptions.ts';
import { caption } from './caption.ts';
import { printedTable } from './printed.ts';
import type { ResultTable } from './resultTable.ts';

/** The table as LaTeX with booktabs; the caption says what a reader must know. */
export function tableToLatex(table: ResultTable, options: TableOptions = {}): string {
  const { columns, groups } = printedTable(table, options);
  return latexTable({
    caption: caption(table, options),
    label: `tab:vgg-table-${table.table}`,
    heads: columns.map(({ head }) => head),
    over: columns.map(({ over }) => over),
    isText: (column) => columns[column]?.isText === true,
    groups: groups.map((rows) => ({
      rows,
      mergesFirst: options.layout === 'paper',
    })),
  });
}
