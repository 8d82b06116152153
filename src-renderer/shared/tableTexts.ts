import { tableText } from '../../src-main/vocabulary/tableText.ts';

/** The forms in which tables are copied and saved: what a menu calls each, and the ending of its file. */
export const tableFormats = {
  tsv: { title: 'TSV, for a spreadsheet', ending: 'tsv' },
  csv: { title: 'CSV', ending: 'csv' },
  latex: { title: 'LaTeX', ending: 'tex' },
  markdown: { title: 'Markdown', ending: 'md' },
} as const;
export type TableFormat = keyof typeof tableFormats;

/** What writes a table in each form that it has. */
export type TableTexts = Partial<Record<TableFormat, () => string | Promise<string>>>;

/** Of a table that the main side writes. */
export function renderedTexts(render: (format: Exclude<TableFormat, 'tsv'>) => Promise<string>): TableTexts {
  return { csv: () => render('csv'), latex: () => render('latex'), markdown: () => render('markdown') };
}

/** Of a table that the window has; the first row is the heading. */
export function rowTexts(rows: () => readonly (readonly string[])[]): TableTexts {
  return {
    tsv: () => tableText(rows(), 'tsv'),
    csv: () => tableText(rows(), 'csv'),
    markdown: () => tableText(rows(), 'markdown'),
  };
}
