/** A cell of a heat map. */
export interface HeatPlace {
  row: number;
  column: number;
}

/** The cell where a key leads to; null for keys that lead nowhere. */
export function placeAfter(
  key: string,
  { row, column }: HeatPlace,
  rows: number,
  columns: number,
): HeatPlace | null {
  const moves: Readonly<Record<string, HeatPlace>> = {
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 },
  };
  const next = moves[key];
  return next === undefined ? null : within(next, rows, columns);
}

/** The cell at a point of a map of that size, in any unit. */
export function placeAt(
  { x, y }: { x: number; y: number },
  { width, height }: { width: number; height: number },
  rows: number,
  columns: number,
): HeatPlace {
  return within(
    { row: Math.floor((y / height) * rows), column: Math.floor((x / width) * columns) },
    rows,
    columns,
  );
}

function within({ row, column }: HeatPlace, rows: number, columns: number): HeatPlace {
  const limited = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  return { row: limited(row, rows), column: limited(column, columns) };
}

/** A few columns whose steps stand below the map, evenly, the first and the last among them: [column, place 0–1]. */
export function labelledColumns(columns: number, most: number): { column: number; at: number }[] {
  const count = Math.min(columns, most);
  return Array.from({ length: count }, (_, index) => {
    const column = count === 1 ? 0 : Math.round((index * (columns - 1)) / (count - 1));
    return { column, at: (column + 0.5) / columns };
  });
}
