/** A table as text to paste elsewhere. */
export type TableFormat = 'csv' | 'tsv' | 'markdown';

/** The first row is the heading. CSV as in RFC 4180; in TSV and Markdown a line break within a cell becomes a blank. */
export function tableText(rows: readonly (readonly string[])[], format: TableFormat): string {
  if (format === 'csv') return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
  if (format === 'tsv') return rows.map((row) => `${row.map(onOneLine).join('\t')}\n`).join('');
  const [heading = [], ...body] = rows;
  return [heading, heading.map(() => '---'), ...body]
    .map((row) => `| ${row.map((cell) => onOneLine(cell).replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
}

function csvCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function onOneLine(cell: string): string {
  return cell.replaceAll(/[\t\r\n]+/g, ' ');
}
