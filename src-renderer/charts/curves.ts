import type { SeriesStyle } from './palette.ts';
import { figureText } from '../../src-main/vocabulary/figures.ts';
import { countText } from '../../src-main/vocabulary/counts.ts';
import { durationText } from '../../src-main/vocabulary/durations.ts';

/** What the horizontal axis counts: steps, epochs, or seconds of training. */
export type XAxis = 'step' | 'epoch' | 'time';

/** Points in order of x; y may be not finite, where training diverged. */
export interface Points {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

export interface ChartSeries {
  id: string;
  /** The ids of the series that this is the mean of. */
  members?: readonly string[];
  label: string;
  style: SeriesStyle;
  points: Points;
  /** Never smoothed: its points are few, or exact. */
  exact?: boolean;
  /** From where to where the values go that this is the mean of, for each point. */
  band?: { low: ArrayLike<number>; high: ArrayLike<number> };
}

/** A level to compare with, drawn across the chart. */
export interface Baseline {
  label: string;
  value: number;
  /** What several are called together where they lie too near each other for a label each. */
  together?: (values: readonly number[]) => string;
}

/** A point that is pointed out. */
export interface Mark {
  x: number;
  y: number;
  label: string;
  colour: string;
}

/** A part of the horizontal axis, in its own unit. */
export interface XRange {
  min: number;
  max: number;
}

export const xTitles: Record<XAxis, string> = { step: 'Step', epoch: 'Epoch', time: 'Training time' };

/** A place on the horizontal axis as a person reads it. */
export function xText(axis: XAxis, value: number): string {
  if (axis === 'time') return durationText(value);
  return axis === 'step' ? countText(value) : String(Number(value.toFixed(2)));
}

/** A value with its unit: `12.3 %`. */
export function valueText(value: number | undefined, unit: string): string {
  return value === undefined || unit === '' ? figureText(value) : `${figureText(value)} ${unit}`;
}

/** The index of the point nearest to x; -1 if there is none. */
export function nearestIndex(xs: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const before = xs[low - 1];
  const at = xs[low];
  if (at === undefined) return -1;
  return before !== undefined && x - before < at - x ? low - 1 : low;
}

/** The x of the point nearest to a place, of any series; null if there is no point. */
export function nearestX(series: readonly ChartSeries[], x: number): number | null {
  let nearest: number | null = null;
  for (const { points } of series) {
    const candidate = points.x[nearestIndex(points.x, x)];
    if (candidate === undefined) continue;
    if (nearest === null || Math.abs(candidate - x) < Math.abs(nearest - x)) nearest = candidate;
  }
  return nearest;
}

/** Every x that any of the series has, in order. */
export function allXs(series: readonly ChartSeries[]): number[] {
  return [...new Set(series.flatMap(({ points }) => Array.from(points.x)))].sort((one, other) => one - other);
}

/** The ends of the horizontal axis over all series; undefined while there is no point. */
export function xExtent(series: readonly ChartSeries[]): XRange | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (const { points } of series) {
    min = Math.min(min, points.x[0] ?? Infinity);
    max = Math.max(max, points.x[points.x.length - 1] ?? -Infinity);
  }
  return min <= max ? { min, max } : undefined;
}
