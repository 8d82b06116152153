import type { ChartSeries, XRange } from './curves.ts';
import { smooth } from './smoothing.ts';

/** A curve as it is drawn: all its points, in order of x. */
export interface DrawnCurve {
  /** Of its series, and of those that it is the mean of. */
  id: string;
  members?: readonly string[];
  label: string;
  colour: string;
  dash: readonly number[];
  /** The raw values behind a smoothed curve. */
  faint: boolean;
  /** Where one of several is pointed at. */
  emphasis?: 'strong' | 'dimmed';
  x: Float64Array;
  /** NaN where the curve is interrupted. */
  y: Float64Array;
  /** For each point. */
  band?: { low: Float64Array; high: Float64Array };
}

export interface DrawnAs {
  smoothing: number;
  logX: boolean;
  logY: boolean;
}

/** The curves in order of drawing: where they are smoothed, the raw ones come first, faint. */
export function drawnCurves(series: readonly ChartSeries[], drawn: DrawnAs): DrawnCurve[] {
  const raw =
    drawn.smoothing === 0
      ? []
      : series.filter(({ exact }) => !exact).map((one) => drawnCurve(one, one.points.y, drawn, true));
  return [
    ...raw,
    ...series.map((one) =>
      drawnCurve(one, smooth(one.points.y, one.exact ? 0 : drawn.smoothing), drawn, false),
    ),
  ];
}

function drawnCurve(
  { id, members, label, style, points, band }: ChartSeries,
  values: ArrayLike<number>,
  { logX, logY }: DrawnAs,
  faint: boolean,
): DrawnCurve {
  // A logarithmic axis has no place for zero and below.
  let from = 0;
  while (logX && from < points.x.length && !((points.x[from] ?? NaN) > 0)) from++;
  const x = Float64Array.from(points.x).subarray(from);
  const drawable = (all: ArrayLike<number>) =>
    Float64Array.from(all)
      .subarray(from)
      .map((value) => (Number.isFinite(value) && (!logY || value > 0) ? value : NaN));
  return {
    id,
    ...(members ? { members } : {}),
    label,
    colour: style.colour,
    dash: faint ? [] : style.dash,
    faint,
    x,
    y: drawable(values),
    ...(band ? { band: { low: drawable(band.low), high: drawable(band.high) } } : {}),
  };
}

/** The ends of an axis for values that are all the same: these in its middle, and zero at one end where it has a zero. */
export function aroundConstant(value: number, logarithmic: boolean): [min: number, max: number] {
  if (logarithmic) return [value / 2, value * 2];
  return value === 0 ? [-1, 1] : [Math.min(0, 2 * value), Math.max(0, 2 * value)];
}

/** The least and the greatest value within a part of the axis; undefined if there is none. */
export function yExtent(curves: readonly DrawnCurve[], { min, max }: XRange): XRange | undefined {
  let lowest = Infinity;
  let highest = -Infinity;
  const lines = curves.flatMap(({ x, y, band }) =>
    [y, ...(band ? [band.low, band.high] : [])].map((line) => ({ x, y: line })),
  );
  for (const { x, y } of lines) {
    for (let i = firstFrom(x, min); i < x.length && (x[i] ?? NaN) <= max; i++) {
      const value = y[i] ?? NaN;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  }
  return lowest <= highest ? { min: lowest, max: highest } : undefined;
}

/** The index of the first of the ordered values that is not below a bound; their number if all are. */
export function firstFrom(values: Float64Array, bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? NaN) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
