/** Of a line of text of charts, in pixels, on the screen as in print. */
export const textHeight = 14;
/** From the middle of such a line to the line that its letters stand on. */
export const toBaseline = 4;

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * The middles of texts above one another, in a column: none over another, in the order of where they would be best, and moved as
 * little as that takes (least squares, by pooling neighbours that are too near).
 *
 * @param best where their middles would be best, in pixels
 * @returns null for those that the column has no room for, the lowest
 */
export function pushedApart(
  best: readonly number[],
  { top, bottom }: Pick<Box, 'top' | 'bottom'>,
): (number | null)[] {
  const room = Math.max(0, Math.floor((bottom - top) / textHeight));
  const order = [...best.entries()].sort(([, one], [, other]) => one - other).slice(0, room);
  // Less the room of those above, the best places have only to rise.
  const pools: { sum: number; count: number }[] = [];
  for (const [rank, [, middle]] of order.entries()) {
    let pool = { sum: middle - rank * textHeight, count: 1 };
    for (let above = pools.at(-1); above && mean(above) > mean(pool); above = pools.at(-1)) {
      pools.pop();
      pool = { sum: above.sum + pool.sum, count: above.count + pool.count };
    }
    pools.push(pool);
  }
  const [least, most] = [top + textHeight / 2, bottom - (order.length - 0.5) * textHeight];
  const rising = pools.flatMap((pool) =>
    Array.from({ length: pool.count }, () => Math.min(most, Math.max(least, mean(pool)))),
  );
  const places: (number | null)[] = best.map(() => null);
  for (const [rank, [index]] of order.entries()) places[index] = (rising[rank] ?? 0) + rank * textHeight;
  return places;
}

function mean({ sum, count }: { sum: number; count: number }): number {
  return sum / count;
}

/** The first of the boxes that lies over none of those taken; null where all do. */
export function freeBox(candidates: readonly Box[], taken: readonly Box[]): Box | null {
  return candidates.find((box) => !taken.some((other) => overlap(box, other))) ?? null;
}

export function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
