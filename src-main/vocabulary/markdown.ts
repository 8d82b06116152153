/** Escapes names from people and folders, which must not end a cell, start emphasis or become HTML. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\|*_<`[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

/** A cell of a printed table: a plain text, or one that may be bold. */
export type Cell = string | { text: string; isBold: boolean };

/**
 * A table in GitHub Markdown, without a line break at its end.
 *
 * @param isText whether a column is aligned left; columns of numbers are aligned right
 */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  isText: (column: number) => boolean,
): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map(cellText).join(' | ')} |`;
  const rule = heads.map((_, column) => (isText(column) ? ' --- ' : ' ---: ')).join('|');
  return [line(heads), `|${rule}|`, ...rows.map(line)].join('\n');
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return escapeMarkdown(cell);
  return cell.isBold ? `**${escapeMarkdown(cell.text)}**` : escapeMarkdown(cell.text);
}
