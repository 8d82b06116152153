import type { Cell } from './markdown.ts';

const replacements: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '−': '$-$',
  '–': '--',
  '×': '$\\times$',
  // In LaTeX's oldest encoding, which is still the usual one, these are other signs outside formulas.
  '<': '$<$',
  '>': '$>$',
};

/** Escapes all characters with a special meaning in LaTeX. */
export function escapeLatex(text: string): string {
  return text
    .replaceAll(/[\\~^±−–×<>&%$#_{}]/g, (character) => replacements[character] ?? `\\${character}`)
    .replaceAll(/\s+/g, ' ');
}

/** Rows under one rule, with an optional title across all columns. */
export interface LatexGroup {
  title?: string;
  rows: readonly (readonly Cell[])[];
  /** Whether the first column has one text for all of them, that of the first row. */
  mergesFirst?: boolean;
}

/** Texts are plain; {@link latexTable} escapes them. */
export interface LatexTable {
  caption: string;
  label: string;
  heads: readonly string[];
  /** What stands over a head and its neighbours of the same. */
  over?: readonly (string | undefined)[];
  /** Whether a column is aligned left; columns of numbers are aligned right. */
  isText: (column: number) => boolean;
  groups: readonly LatexGroup[];
}

/** More columns than these may not fit the width of a page: they are set smaller, and then as small as they have to be. */
const mostAtFullSize = 8;

/** A floating table with booktabs, a rule above each group. */
export function latexTable({ caption, label, heads, over = [], isText, groups }: LatexTable): string {
  const merges = groups.some(({ mergesFirst, rows }) => mergesFirst === true && rows.length > 1);
  const isWide = heads.length > mostAtFullSize;
  const packages = ['booktabs', ...(merges ? ['multirow'] : []), ...(isWide ? ['graphicx'] : [])];
  return [
    `% \\usepackage{${packages.join()}}`,
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\label{${label}}`,
    ...(isWide
      ? [
          '  \\footnotesize\\setlength{\\tabcolsep}{3pt}',
          '  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
        ]
      : []),
    `  \\begin{tabular}{${heads.map((_, column) => (isText(column) ? 'l' : 'r')).join('')}}`,
    '    \\toprule',
    ...overLines(over),
    line(heads),
    ...groups.flatMap(({ title, rows, mergesFirst = false }) => [
      '    \\midrule',
      ...(title === undefined
        ? []
        : [`    \\multicolumn{${heads.length}}{l}{\\textit{${escapeLatex(title)}}} \\\\`]),
      ...(mergesFirst && rows.length > 1 ? mergedLines(rows) : rows.map(line)),
    ]),
    '    \\bottomrule',
    isWide ? '  \\end{tabular}}' : '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

const joined = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
const line = (cells: readonly Cell[]) => joined(cells.map(cellText));

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return escapeLatex(cell);
  return cell.isBold ? `\\textbf{${escapeLatex(cell.text)}}` : escapeLatex(cell.text);
}

/** The heads over others, each with a rule under it. */
function overLines(over: readonly (string | undefined)[]): string[] {
  if (over.every((head) => head === undefined)) return [];
  const spans: { head: string | undefined; from: number; columns: number }[] = [];
  for (const [index, head] of over.entries()) {
    const last = spans.at(-1);
    if (last && head !== undefined && last.head === head) last.columns += 1;
    else spans.push({ head, from: index + 1, columns: 1 });
  }
  const cells = spans.map(({ head, columns }) =>
    head === undefined ? '' : `\\multicolumn{${columns}}{c}{${escapeLatex(head)}}`,
  );
  const rules = spans.flatMap(({ head, from, columns }) =>
    head === undefined ? [] : [`\\cmidrule(lr){${from}-${from + columns - 1}}`],
  );
  return [joined(cells), `    ${rules.join(' ')}`];
}

function mergedLines(rows: readonly (readonly Cell[])[]): string[] {
  return rows.map(([first = '', ...others], index) =>
    joined([index === 0 ? `\\multirow{${rows.length}}{*}{${cellText(first)}}` : '', ...others.map(cellText)]),
  );
}
