const replacements: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '−': '$-$',
};

/** Escapes all characters with a special meaning in LaTeX. */
export function escapeLatex(text: string): string {
  return text
    .replaceAll(/[\\~^±−&%$#_{}]/g, (character) => replacements[character] ?? `\\${character}`)
    .replaceAll(/\s+/g, ' ');
}

/** Rows under one rule, with an optional title across all columns. */
export interface LatexGroup {
  title?: string;
  rows: readonly (readonly string[])[];
}

/** Texts are plain; {@link latexTable} escapes them. */
export interface LatexTable {
  caption: string;
  label: string;
  heads: readonly string[];
  /** Whether a column is aligned left; columns of numbers are aligned right. */
  isText: (column: number) => boolean;
  groups: readonly LatexGroup[];
}

/** A floating table with booktabs, a rule above each group. */
export function latexTable({ caption, label, heads, isText, groups }: LatexTable): string {
  const line = (cells: readonly string[]) => `    ${cells.map(escapeLatex).join(' & ')} \\\\`;
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\label{${label}}`,
    `  \\begin{tabular}{${heads.map((_, column) => (isText(column) ? 'l' : 'r')).join('')}}`,
    '    \\toprule',
    line(heads),
    ...groups.flatMap(({ title, rows }) => [
      '    \\midrule',
      ...(title === undefined
        ? []
        : [`    \\multicolumn{${heads.length}}{l}{\\textit{${escapeLatex(title)}}} \\\\`]),
      ...rows.map(line),
    ]),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}
