/** Height of a row, in pixels: the same for all, so that no row must be measured. */
export const rowHeight = 34;

/** Rows above and below the visible part that are drawn too, so that a quick scroll meets no gap. */
export const spareRows = 5;

/** The rows to draw: from `first` up to, and without, `end`. */
export interface RowWindow {
  first: number;
  end: number;
  /** The most rows that are ever drawn at this height. What is drawn for a row serves again so many rows later. */
  most: number;
}

/**
 * @param top pixels of rows that are scrolled away
 * @param height pixels of rows that are visible
 * @param spare 0 while only what is in sight is needed
 */
export function rowWindow(top: number, height: number, rows: number, spare = spareRows): RowWindow {
  // In steps of the spare rows: between two steps nothing is drawn anew.
  const step = Math.max(1, spare);
  const visible = Math.floor(top / rowHeight / step) * step;
  const most = Math.max(1, Math.ceil(height / rowHeight) + (spare === 0 ? 1 : 3 * spare));
  const first = Math.max(0, Math.min(visible - spare, rows - most));
  return { first, end: Math.min(rows, first + most), most };
}

/** Where to scroll to, so that a row is wholly visible; `top` if it is already. */
export function scrolledTo(row: number, top: number, height: number): number {
  if (row * rowHeight < top) return row * rowHeight;
  return Math.max(top, (row + 1) * rowHeight - height);
}
