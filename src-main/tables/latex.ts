import { cells, heads, provenance, textColumns, title } from './cells.ts';
import type { ResultTable } from './resultTable.ts';

/** The table as LaTeX with booktabs; what a reader must know stands in the caption. */
export function tableToLatex(table: ResultTable): string {
  const line = (texts: readonly string[]) => `    ${texts.map(escapeLatex).join(' & ')} \\\\`;
  const caption = [`${title(table).replace(/^Table \d: /, '')}.`, ...table.notes.map((note) => `${note}.`)];
  const columns = heads(table);
  const texts = textColumns(table);
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${[...caption, ...provenance(table)].map(escapeLatex).join(' ')}}`,
    `  \\label{tab:vgg-table-${table.table}}`,
    `  \\begin{tabular}{${'l'.repeat(texts)}${'r'.repeat(columns.length - texts)}}`,
    '    \\toprule',
    line(columns),
    '    \\midrule',
    ...table.rows.map((row) => line(cells(table, row))),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

const replacements: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '−': '$-$',
};

/** Text with everything that LaTeX would take as a command made plain. */
export function escapeLatex(text: string): string {
  return text
    .replaceAll(/[\\~^±−&%$#_{}]/g, (character) => replacements[character] ?? `\\${character}`)
    .replaceAll(/\s+/g, ' ');
}
