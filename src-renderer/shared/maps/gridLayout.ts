/** Maps side by side, row by row, each in a square cell. In pixels. */
export interface GridLayout {
  columns: number;
  rows: number;
  /** Side of a cell, without the gap. */
  cell: number;
  gap: number;
  width: number;
  height: number;
}

const defaultArea = 640;
const largestCell = 240;

/**
 * The largest cells with which all maps fit into about 640 rows of pixels, or more where there is a wide
 * screen to fill. Cells of maps do not get smaller than can be
 * made out, so that a narrow grid of many maps gets higher instead.
 *
 * @param side of a map in units; 1 for the units of a fully-connected layer, whose cells may be small
 */
export function gridLayout(count: number, side: number, width: number): GridLayout {
  const gap = side === 1 ? 1 : 2;
  const least = side === 1 ? 8 : 30;
  const most = side === 1 ? 28 : largestCell;
  const fitting =
    Math.floor(Math.sqrt((width * Math.max(defaultArea, width / 2)) / Math.max(1, count))) - gap;
  const chosen = Math.min(most, Math.max(least, fitting), Math.max(1, width));
  const columns = Math.max(1, Math.min(count, Math.floor((width + gap) / (chosen + gap))));
  const rows = Math.ceil(count / columns);
  return {
    columns,
    rows,
    cell: chosen,
    gap,
    width: columns * (chosen + gap) - gap,
    height: Math.max(0, rows * (chosen + gap) - gap),
  };
}

/** Where a map's cell begins. */
export function cellPlace({ columns, cell, gap }: GridLayout, index: number): { x: number; y: number } {
  return { x: (index % columns) * (cell + gap), y: Math.floor(index / columns) * (cell + gap) };
}
