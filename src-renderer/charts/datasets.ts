import type { ChartDataset, Point } from 'chart.js';
import type { ChartSeries } from './curves.ts';
import { smooth } from './smoothing.ts';

export type LineDataset = ChartDataset<'line', Point[]> & { colour: string; faint: boolean };

export interface DrawnAs {
  smoothing: number;
  logX: boolean;
  logY: boolean;
}

/** The curves as chart.js draws them: the smoothed one, and the raw one faint behind it where that is another. */
export function datasetsOf(series: readonly ChartSeries[], drawn: DrawnAs): LineDataset[] {
  const smoothed = series.map((one) =>
    dataset(one, smooth(one.points.y, one.exact ? 0 : drawn.smoothing), drawn, false),
  );
  // The last is drawn on top.
  for (const [index, curve] of smoothed.entries()) curve.order = series.length - index;
  if (drawn.smoothing === 0) return smoothed;
  return [
    ...smoothed,
    ...series.filter(({ exact }) => !exact).map((one) => dataset(one, one.points.y, drawn, true)),
  ];
}

function dataset(
  { label, style, points }: ChartSeries,
  ys: ArrayLike<number>,
  { logX, logY }: DrawnAs,
  faint: boolean,
): LineDataset {
  const data: Point[] = [];
  let finite = 0;
  for (let i = 0; i < points.x.length; i++) {
    const x = points.x[i] ?? NaN;
    const y = ys[i] ?? NaN;
    // A logarithmic axis has no place for these.
    if (logX && x <= 0) continue;
    const drawable = Number.isFinite(y) && (!logY || y > 0);
    if (drawable) finite++;
    data.push({ x, y: drawable ? y : NaN });
  }
  const noisy = isNoisy(data);
  return {
    label,
    data,
    colour: style.colour,
    faint,
    order: Infinity,
    borderColor: faint ? `${style.colour}40` : style.colour,
    // Strokes of a faint line would only be noise.
    borderDash: faint || noisy ? [] : [...style.dash],
    borderWidth: faint || noisy ? 1 : 1.75,
    // A line of one point cannot be seen.
    pointRadius: finite === 1 ? 3 : 0,
    pointBackgroundColor: style.colour,
    pointHitRadius: 0,
  };
}

/** How often a curve may cross its whole height before its strokes and gaps can no longer be told apart. */
const calmCrossings = 25;

/** Whether dashes would not be seen, while drawing them would take longer than a frame. */
function isNoisy(data: readonly Point[]): boolean {
  let path = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  let before: number | null = null;
  for (const { y } of data) {
    if (y === null || !Number.isFinite(y)) continue;
    if (before !== null) path += Math.abs(y - before);
    lowest = Math.min(lowest, y);
    highest = Math.max(highest, y);
    before = y;
  }
  return path > calmCrossings * (highest - lowest);
}
