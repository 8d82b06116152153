import { escapeLatex } from '../latex.ts';
import type { ComparisonTable } from './comparisonTable.ts';
import { cells, heads, isText, provenance } from './printed.ts';

/** The comparison as LaTeX with booktabs, a rule between groups; what a reader must know stands in the caption. */
export function comparisonToLatex(table: ComparisonTable): string {
  const line = (texts: readonly string[]) => `    ${texts.map(escapeLatex).join(' & ')} \\\\`;
  const columns = heads(table);
  const caption = [
    `${table.title} (${table.source}). ${table.question}`,
    ...table.notes.map((note) => `${note}.`),
    ...provenance(table),
  ];
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${caption.map(escapeLatex).join(' ')}}`,
    `  \\label{tab:${table.name}}`,
    `  \\begin{tabular}{${columns.map((_, column) => (isText(table, column) ? 'l' : 'r')).join('')}}`,
    '    \\toprule',
    line(columns),
    ...table.groups.flatMap(({ title, rows }) => [
      '    \\midrule',
      `    \\multicolumn{${columns.length}}{l}{\\textit{${escapeLatex(title)}}} \\\\`,
      ...rows.map((row) => line(cells(row))),
    ]),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}
