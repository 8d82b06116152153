/** Rows as CSV according to RFC 4180; the first row is the heading. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((cell) => csvCell(plainCell(cell))).join(',')}\r\n`).join('');
}

/**
 * A cell that a spreadsheet shows as the text it is: it would compute one that begins like a formula, which may send what
 * else is in the sheet elsewhere. Names come from folders and from runs of other people. Numbers stay as they are.
 */
export function plainCell(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?[\d.,]*(e[+-]?\d+)?( ?%)?$/i.test(cell)
    ? `'${cell}`
    : cell;
}

function csvCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
