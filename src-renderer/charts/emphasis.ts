import { nearestIndex } from './curves.ts';
import type { DrawnCurve } from './drawnCurves.ts';

/** The curves of one series stand out, above the others, which fade; all alike for null, or a series that is not there. */
export function emphasised(curves: readonly DrawnCurve[], id: string | null): readonly DrawnCurve[] {
  if (id === null || !curves.some((curve) => curve.id === id || curve.members?.includes(id) === true))
    return curves;
  const drawn = curves.map((curve): DrawnCurve => {
    const isIt = curve.id === id || curve.members?.includes(id) === true;
    return { ...curve, emphasis: isIt ? 'strong' : 'dimmed' };
  });
  return drawn.toSorted(
    (one, other) => Number(one.emphasis === 'strong') - Number(other.emphasis === 'strong'),
  );
}

/** The series whose curve is nearest to a point of the chart, in pixels up and down; null if none is within reach. */
export function seriesNear(
  curves: readonly DrawnCurve[],
  at: { x: number; pixel: number },
  pixelOf: (value: number) => number,
  reach = 12,
): string | null {
  let nearest: { id: string; distance: number } | null = null;
  for (const { id, x, y, faint } of curves) {
    if (faint) continue;
    const distance = Math.abs(pixelOf(y[nearestIndex(x, at.x)] ?? NaN) - at.pixel);
    if (distance <= reach && distance < (nearest?.distance ?? Infinity)) nearest = { id, distance };
  }
  return nearest?.id ?? null;
}
