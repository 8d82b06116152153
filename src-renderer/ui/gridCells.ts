/** Cells in rows and columns. */
export interface CellGrid {
  rows: number;
  columns: number;
  /** Of a list that is broken into rows, the last of which need not be full; left and right go on in the next row then. */
  count?: number | undefined;
  /** Pixels between cells. */
  gap?: number | undefined;
}

export interface GridCell {
  row: number;
  column: number;
}

/** The cell of a list's item. */
export function cellOfIndex(index: number, { columns }: Pick<CellGrid, 'columns'>): GridCell {
  return { row: Math.floor(index / columns), column: index % columns };
}

export function indexOfCell({ row, column }: GridCell, { columns }: Pick<CellGrid, 'columns'>): number {
  return row * columns + column;
}

/** The cell to which a key leads; null for keys that lead nowhere. Home and End go to the ends of the row, or of a list. */
export function cellAfter(key: string, cell: GridCell, grid: CellGrid): GridCell | null {
  return grid.count === undefined ? inMatrix(key, cell, grid) : inList(key, cell, grid, grid.count);
}

function inMatrix(key: string, { row, column }: GridCell, { rows, columns }: CellGrid): GridCell | null {
  const moves: Readonly<Record<string, GridCell>> = {
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 },
  };
  const next = moves[key];
  return next ? { row: within(next.row, rows), column: within(next.column, columns) } : null;
}

function inList(key: string, cell: GridCell, grid: CellGrid, count: number): GridCell | null {
  const index = indexOfCell(cell, grid);
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - grid.columns,
    ArrowDown: index + grid.columns,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  if (next === undefined) return null;
  return next >= 0 && next < count ? cellOfIndex(next, grid) : cell;
}

/** The cell at a point of a grid of that size in pixels; null where a list has none. A gap belongs to the cell before it. */
export function cellAtPoint(
  point: { x: number; y: number },
  size: { width: number; height: number },
  grid: CellGrid,
): GridCell | null {
  const { rows, columns, gap = 0, count } = grid;
  const cell = {
    row: within(Math.floor((point.y / (size.height + gap)) * rows), rows),
    column: within(Math.floor((point.x / (size.width + gap)) * columns), columns),
  };
  return count !== undefined && indexOfCell(cell, grid) >= count ? null : cell;
}

/** Where a cell begins along a side of the grid, and its length: in CSS, of the side's length. */
export function spanOf(index: number, count: number, gap = 0): { start: string; length: string } {
  const pitch = `(100% + ${gap}px) / ${count}`;
  return { start: `calc(${pitch} * ${index})`, length: `calc(${pitch} - ${gap}px)` };
}

function within(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
