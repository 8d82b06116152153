import { latexTable } from '../vocabulary/latex.ts';
import { cells, heads, isText, provenance, title } from './cells.ts';
import type { ResultTable } from './resultTable.ts';

/** The table as LaTeX with booktabs; the caption says what a reader must know. */
export function tableToLatex(table: ResultTable): string {
  const subject = title(table).replace(/^Table \d: /, '');
  return latexTable({
    caption: [`${subject}.`, ...table.notes.map((note) => `${note}.`), ...provenance(table)].join(' '),
    label: `tab:vgg-table-${table.table}`,
    heads: heads(table),
    isText: (column) => isText(table, column),
    groups: [{ rows: table.rows.map((row) => cells(table, row)) }],
  });
}
