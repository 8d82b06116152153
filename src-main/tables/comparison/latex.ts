import { latexTable } from '../../vocabulary/latex.ts';
import { noteSentences } from '../notes.ts';
import type { ComparisonTable } from './rows.ts';
import { cells, heads, isText, provenance } from './printed.ts';

/** The comparison as LaTeX with booktabs, a rule between groups; the caption says what a reader must know. */
export function comparisonToLatex(table: ComparisonTable): string {
  return latexTable({
    caption: [
      `${table.title} (${table.source}). ${table.question}`,
      ...provenance(table),
      ...noteSentences(table.context, table.notes),
    ].join(' '),
    label: `tab:${table.name}`,
    heads: heads(table),
    isText: (column) => isText(table, column),
    groups: table.groups.map(({ title, rows }) => ({ title, rows: rows.map(cells) })),
  });
}
