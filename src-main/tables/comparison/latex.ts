import type { ComparisonOptions } from '../../vocabulary/comparisonOptions.ts';
import { comparisonColumnsOf } from '../../vocabulary/comparisonOptions.ts';
import { latexTable } from '../../vocabulary/latex.ts';
import { noteSentences } from '../notes.ts';
import { printedComparison } from './printed.ts';
import { provenance } from './provenance.ts';
import type { ComparisonTable } from './rows.ts';

/** The comparison as LaTeX with booktabs, a rule between groups; the caption says what a reader must know. */
export function comparisonToLatex(table: ComparisonTable, options: ComparisonOptions = {}): string {
  const { columns, groups } = printedComparison(table, options);
  return latexTable({
    caption: [
      `${table.title} (${table.source}). ${table.question}`,
      ...provenance(table, options),
      ...(comparisonColumnsOf(options, []).has('note') ? noteSentences(table.context, table.notes) : []),
    ].join(' '),
    label: `tab:${table.name}`,
    heads: columns.map(({ head }) => head),
    isText: (column) => columns[column]?.isText === true,
    groups,
  });
}
