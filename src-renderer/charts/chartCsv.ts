import { tableText } from '../../src-main/vocabulary/tableText.ts';
import { allXs, xTitles, type ChartSeries, type XAxis } from './curves.ts';

/** Every series as a column, a row for each x that any of them has. A cell is empty where a series has no point. */
export function chartCsv(series: readonly ChartSeries[], axis: XAxis): string {
  const columns = series.map(({ points }) => {
    const values = new Map<number, number>();
    for (let i = 0; i < points.x.length; i++) values.set(points.x[i] ?? NaN, points.y[i] ?? NaN);
    return values;
  });
  const heading = [axis === 'time' ? 'Seconds' : xTitles[axis], ...series.map(({ label }) => label)];
  return tableText(
    [
      heading,
      ...allXs(series).map((x) => [String(x), ...columns.map((values) => String(values.get(x) ?? ''))]),
    ],
    'csv',
  );
}
