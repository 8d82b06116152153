import { escapeMarkdown, markdownTable } from '../vocabulary/markdown.ts';
import { cells, heads, isText, provenance, title } from './cells.ts';
import type { ResultTable } from './resultTable.ts';

/** The table as GitHub Markdown, with what a reader must know above it and how the numbers were obtained below. */
export function tableToMarkdown(table: ResultTable): string {
  const blocks = [
    `**${title(table)}**`,
    ...(table.notes.length > 0 ? [table.notes.map((note) => `> ${escapeMarkdown(note)}`).join('\n>\n')] : []),
    markdownTable(
      heads(table),
      table.rows.map((row) => cells(table, row)),
      (column) => isText(table, column),
    ),
    provenance(table).map(escapeMarkdown).join(' '),
  ];
  return `${blocks.join('\n\n')}\n`;
}
