import { cells, heads, provenance, textColumns, title } from './cells.ts';
import type { ResultTable } from './resultTable.ts';

/** The table as Markdown (GitHub's), what a reader must know above it and how the numbers were made below. */
export function tableToMarkdown(table: ResultTable): string {
  const line = (texts: readonly string[]) => `| ${texts.map(escapeMarkdown).join(' | ')} |`;
  const blocks = [
    `**${title(table)}**`,
    ...(table.notes.length > 0 ? [table.notes.map((note) => `> ${escapeMarkdown(note)}`).join('\n>\n')] : []),
    [
      line(heads(table)),
      `|${heads(table)
        .map((_, column) => (column < textColumns(table) ? ' --- ' : ' ---: '))
        .join('|')}|`,
      ...table.rows.map((row) => line(cells(table, row))),
    ].join('\n'),
    provenance(table).map(escapeMarkdown).join(' '),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Names come from people and folders: they must not end a cell, start emphasis or become HTML. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\|*_<`[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
