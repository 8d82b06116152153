import { escapeMarkdown, markdownTable } from '../../vocabulary/markdown.ts';
import type { ComparisonGroup, ComparisonTable } from './rows.ts';
import { cells, heads, isText, provenance } from './printed.ts';

/** The comparison as GitHub Markdown: one table per group, the published statement above it, our results below. */
export function comparisonToMarkdown(table: ComparisonTable): string {
  const blocks = [
    `**${escapeMarkdown(table.title)}** (${escapeMarkdown(table.source)})`,
    escapeMarkdown(table.question),
    ...(table.notes.length > 0 ? [table.notes.map((note) => `> ${escapeMarkdown(note)}`).join('\n>\n')] : []),
    ...table.groups.flatMap((group) => groupBlocks(table, group)),
    provenance(table).map(escapeMarkdown).join(' '),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function groupBlocks(table: ComparisonTable, { title, statement, answers, rows }: ComparisonGroup): string[] {
  return [
    `*${escapeMarkdown(title)}.* ${escapeMarkdown(statement)}`,
    markdownTable(heads(table), rows.map(cells), (column) => isText(table, column)),
    ...(answers.length > 0 ? [`Here: ${escapeMarkdown(answers.join(' '))}`] : []),
  ];
}
