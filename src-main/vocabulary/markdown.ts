/** Names come from people and folders: they must not end a cell, start emphasis or become HTML. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\|*_<`[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

/**
 * A table of GitHub's Markdown, without a line break at its end.
 *
 * @param isText whether a column is set to the left; columns of numbers are set to the right
 */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  isText: (column: number) => boolean,
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = heads.map((_, column) => (isText(column) ? ' --- ' : ' ---: ')).join('|');
  return [line(heads), `|${rule}|`, ...rows.map(line)].join('\n');
}
