import { csvText, plainCell } from './csvText.ts';
import { markdownTable } from './markdown.ts';

/** Formats of a table as text to paste elsewhere. */
export type TableFormat = 'csv' | 'tsv' | 'markdown';

/** A table as text; its first row is the heading. In TSV and Markdown a line break within a cell becomes a space. */
export function tableText(rows: readonly (readonly string[])[], format: TableFormat): string {
  switch (format) {
    case 'csv':
      return csvText(rows);
    case 'tsv':
      return rows.map((row) => `${row.map(onOneLine).join('\t')}\n`).join('');
    case 'markdown': {
      const [heads = [], ...body] = rows;
      return `${markdownTable(heads, body, () => true)}\n`;
    }
  }
}

function onOneLine(cell: string): string {
  return plainCell(cell.replaceAll(/[\t\r\n]+/g, ' '));
}
