import { oneLine } from '../../../vocabulary/printable.ts';

/** Rows under heads, in columns as wide as needed; a column whose head ends in `>` is aligned right. */
export function textTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(oneLine));
  return alignColumns([heads.map((head) => head.replace(/>$/, '')), ...shown], (column) =>
    (heads[column] ?? '').endsWith('>'),
  ).join('\n');
}

export function alignColumns(
  rows: readonly (readonly string[])[],
  toTheRight: (column: number) => boolean,
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  }
  return rows.map((row) =>
    row
      .map((cell, column) =>
        toTheRight(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
