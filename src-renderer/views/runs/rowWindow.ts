/** Height of a row, in pixels: the same for all, so that no row must be measured. */
export const rowHeight = 34;

/** Rows above and below the visible part that are drawn too, so that a quick scroll meets no gap. */
const spare = 8;

/** The rows to draw: from `first` up to, and without, `end`. */
export interface RowWindow {
  first: number;
  end: number;
}

/**
 * @param top pixels of rows that are scrolled away
 * @param height pixels of rows that are visible
 */
export function rowWindow(top: number, height: number, rows: number): RowWindow {
  // In steps of the spare rows: between two steps nothing is drawn anew.
  const visible = Math.floor(top / rowHeight / spare) * spare;
  const first = Math.max(0, Math.min(visible - spare, rows - 1));
  const end = Math.min(rows, visible + Math.ceil(height / rowHeight) + 3 * spare);
  return { first, end: Math.max(first, end) };
}

/** Where to scroll to, so that a row is wholly visible; `top` if it is already. */
export function scrolledTo(row: number, top: number, height: number): number {
  if (row * rowHeight < top) return row * rowHeight;
  return Math.max(top, (row + 1) * rowHeight - height);
}
