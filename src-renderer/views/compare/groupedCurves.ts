import { shownValue } from '../../../src-main/vocabulary/datasetText.ts';
import type { RunComparison } from '../../../src-main/workbench/contract.ts';
import type { ChartSeries } from '../../charts/curves.ts';
import { nearestIndex } from '../../charts/curves.ts';
import { seriesStyle } from '../../charts/palette.ts';
import { settingText } from '../../shared/settings/settingText.ts';

/** As many curves as can be told apart, by colours and by labels. */
export const mostApart = 8;

const points = 200;

/** What a run is called by: the settings in which the compared runs differ, but for the seed. */
export function groupNames({ runs, differences }: RunComparison): Map<string, string> {
  const apart = differences.filter(({ key }) => key !== 'training.seed' && key !== 'initialisation.from');
  return new Map(
    runs.map(({ id }, index) => [
      id,
      apart
        .map(({ key, values }) => `${lastOf(key)} ${settingText(shownValue(key, values[index]))}`)
        .join(', '),
    ]),
  );
}

/**
 * Many curves as few: of each group the mean, within a band from the least to the greatest. The mean at a place is over the runs
 * that have come so far.
 *
 * @param nameOf the group of a run by its id; groups beyond {@link mostApart} are left out, the largest kept
 */
export function groupedCurves(
  curves: readonly ChartSeries[],
  nameOf: (id: string) => string | undefined,
): ChartSeries[] {
  const groups = [...Map.groupBy(curves, ({ id }) => nameOf(id) ?? '')]
    .sort(([, one], [, other]) => other.length - one.length)
    .slice(0, mostApart);
  return groups.map(([name, members], index) => {
    const { x, mean, low, high } = meanCurve(members);
    return {
      id: `group ${name}`,
      members: members.map(({ id }) => id),
      label: `${name === '' ? 'all' : name} (${members.length})`,
      style: seriesStyle(index),
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

function lastOf(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}
