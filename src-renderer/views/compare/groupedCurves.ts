import type { ChartSeries } from '../../charts/curves.ts';
import { nearestIndex } from '../../charts/curves.ts';
import type { RunGroup } from './runGroups.ts';

const points = 200;

/** Of the curve of a group. */
export function groupId(name: string): string {
  return `group ${name}`;
}

/**
 * Many curves as few: of each group the mean, within a band from the least to the greatest. The mean at a place is over the runs
 * that have come so far.
 */
export function groupedCurves(curves: readonly ChartSeries[], groups: readonly RunGroup[]): ChartSeries[] {
  return groups.flatMap(({ name, ids, style }) => {
    const members = curves.filter(({ id }) => ids.includes(id));
    if (members.length === 0) return [];
    const { x, mean, low, high } = meanCurve(members);
    return {
      id: groupId(name),
      members: members.map(({ id }) => id),
      label: `${name} (${members.length})`,
      style,
      points: { x, y: mean },
      band: { low, high },
      exact: true,
    };
  });
}

function meanCurve(members: readonly ChartSeries[]) {
  const first = Math.min(...members.map(({ points: { x } }) => x[0] ?? Infinity));
  const last = Math.max(...members.map(({ points: { x } }) => x[x.length - 1] ?? -Infinity));
  const longest = Math.max(...members.map(({ points: { x } }) => x.length));
  const count = first < last ? Math.min(points, longest) : 1;
  const x = Array.from(
    { length: count },
    (_, index) => first + ((last - first) * index) / Math.max(1, count - 1),
  );
  const columns = x.map((at) =>
    members.map((member) => valueAt(member, at)).filter((value) => Number.isFinite(value)),
  );
  return {
    x,
    mean: columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    low: columns.map((values) => (values.length === 0 ? NaN : Math.min(...values))),
    high: columns.map((values) => (values.length === 0 ? NaN : Math.max(...values))),
  };
}

/** Between its neighbours in proportion; NaN before the first point and after the last. */
function valueAt({ points: { x, y } }: ChartSeries, at: number): number {
  const near = nearestIndex(x, at);
  const [from, to] = (x[near] ?? NaN) <= at ? [near, near + 1] : [near - 1, near];
  const [x0, x1, y0, y1] = [x[from], x[to], y[from], y[to]];
  if (x0 === at && y0 !== undefined) return y0;
  if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return NaN;
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}
