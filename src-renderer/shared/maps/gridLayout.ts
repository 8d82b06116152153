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

const usualArea = 560;
const largestCell = 160;

/**
 * The largest cells with which all maps fit into about 560 rows of pixels. Cells of maps do not get smaller than can be
 * looked at, so that a narrow grid of many maps gets higher instead.
 *
 * @param side of a map in units; 1 for the units of a fully-connected layer, whose cells may be small
 */
export function gridLayout(count: number, side: number, width: number): GridLayout {
  const gap = side === 1 ? 1 : 2;
  const least = side === 1 ? 8 : 30;
  const most = side === 1 ? 28 : largestCell;
  const fitting = Math.floor(Math.sqrt((width * usualArea) / Math.max(1, count))) - gap;
  const wanted = Math.min(most, Math.max(least, fitting), Math.max(1, width));
  const columns = Math.max(1, Math.min(count, Math.floor((width + gap) / (wanted + gap))));
  const rows = Math.ceil(count / columns);
  return {
    columns,
    rows,
    cell: wanted,
    gap,
    width: columns * (wanted + gap) - gap,
    height: Math.max(0, rows * (wanted + gap) - gap),
  };
}

/** Where a map's cell begins. */
export function cellPlace({ columns, cell, gap }: GridLayout, index: number): { x: number; y: number } {
  return { x: (index % columns) * (cell + gap), y: Math.floor(index / columns) * (cell + gap) };
}

/** The map at a point of the grid; null beside them. A gap belongs to the cell before it. */
export function cellAt(layout: GridLayout, count: number, x: number, y: number): number | null {
  const pitch = layout.cell + layout.gap;
  const column = Math.floor(x / pitch);
  const index = Math.floor(y / pitch) * layout.columns + column;
  return column >= 0 && column < layout.columns && index >= 0 && index < count ? index : null;
}

/** Where a key leads from a map; null for keys that lead nowhere. */
export function mapAfter(key: string, index: number, count: number, columns: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -index,
    End: count - 1 - index,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const next = index + step;
  return next >= 0 && next < count ? next : index;
}
