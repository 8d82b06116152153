import { comparisonColumnsOf, type ComparisonOptions } from '../../vocabulary/comparisonOptions.ts';
import { escapeMarkdown, markdownTable } from '../../vocabulary/markdown.ts';
import { printedComparison, type PrintedComparison } from './printed.ts';
import { provenance } from './provenance.ts';
import type { ComparisonTable } from './rows.ts';

/** The comparison as GitHub Markdown: one table per group, the published statement above it, our results below. */
export function comparisonToMarkdown(table: ComparisonTable, options: ComparisonOptions = {}): string {
  const printed = printedComparison(table, options);
  const notes = comparisonColumnsOf(options, []).has('note') ? table.notes : [];
  const blocks = [
    `**${escapeMarkdown(table.title)}** (${escapeMarkdown(table.source)})`,
    escapeMarkdown(table.question),
    ...(notes.length > 0 ? [notes.map((note) => `> ${escapeMarkdown(note)}`).join('\n>\n')] : []),
    ...printed.groups.flatMap((group) => groupBlocks(printed, group)),
    provenance(table, options).map(escapeMarkdown).join(' '),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function groupBlocks(
  { columns }: PrintedComparison,
  { title, statement, answers, rows }: PrintedComparison['groups'][number],
): string[] {
  return [
    `*${escapeMarkdown(title)}.* ${escapeMarkdown(statement)}`,
    markdownTable(
      columns.map(({ head }) => head),
      rows,
      (column) => columns[column]?.isText === true,
    ),
    ...(answers.length > 0 ? [`Here: ${escapeMarkdown(answers.join(' '))}`] : []),
  ];
}
