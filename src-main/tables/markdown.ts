import { escapeMarkdown, markdownTable } from '../vocabulary/markdown.ts';
import { columnsOf, type TableOptions } from '../vocabulary/tableOptions.ts';
import { provenance, title } from './cells.ts';
import { printedTable, type PrintedTable } from './printed.ts';
import type { ResultTable } from './resultTable.ts';

/** The table as GitHub Markdown, with what a reader must know above it and how the numbers were obtained below. */
export function tableToMarkdown(table: ResultTable, options: TableOptions = {}): string {
  const printed = printedTable(table, options);
  const notes = columnsOf(options).has('note') ? table.notes : [];
  const blocks = [
    `**${title(table)}**`,
    ...(notes.length > 0 ? [notes.map((note) => `> ${escapeMarkdown(note)}`).join('\n>\n')] : []),
    markdownTable(
      heads(printed),
      rows(printed, options),
      (column) => printed.columns[column]?.isText === true,
    ),
    provenance(table, options).map(escapeMarkdown).join(' '),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Markdown has one line of heads: `top-1 val. error (%), ours`. */
function heads({ columns }: PrintedTable): string[] {
  return columns.map(({ head, over }) => (over === undefined ? head : `${over}, ${head}`));
}

function rows({ groups }: PrintedTable, { layout }: TableOptions) {
  return groups.flatMap((group) =>
    group.map((cells, row) =>
      cells.map(({ text, isBold }, column) => ({
        // The paper's layout names a net once.
        text: layout === 'paper' && row > 0 && column === 0 ? '' : text,
        isBold,
      })),
    ),
  );
}
