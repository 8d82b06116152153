/** A few columns whose steps stand below the map, evenly, the first and the last among them: [column, place 0–1]. */
export function labelledColumns(columns: number, most: number): { column: number; at: number }[] {
  const count = Math.min(columns, most);
  return Array.from({ length: count }, (_, index) => {
    const column = count === 1 ? 0 : Math.round((index * (columns - 1)) / (count - 1));
    return { column, at: (column + 0.5) / columns };
  });
}
