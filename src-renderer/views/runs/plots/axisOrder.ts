/** Fewer make no plot of parallel axes. */
export const fewestAxes = 2;

/** The order with one of them moved to a place, counted from 0; what lies beyond the ends comes to them. */
export function movedTo(order: readonly string[], id: string, place: number): string[] {
  const others = order.filter((other) => other !== id);
  return others.toSpliced(Math.max(0, Math.min(place, others.length)), 0, id);
}

/** With an axis, or without it. A new one comes before the last, which is how well the runs did and colours them. */
export function toggled(order: readonly string[], id: string): string[] {
  if (!order.includes(id)) return movedTo([...order, id], id, order.length - 1);
  return order.length > fewestAxes ? order.filter((other) => other !== id) : [...order];
}

/** The place among so many axes that is nearest to a position between the first, 0, and the last, 1. */
export function nearestPlace(position: number, axes: number): number {
  const last = axes - 1;
  return Math.max(0, Math.min(last, Math.round(position * last)));
}
