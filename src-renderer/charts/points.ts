import type { RunSummary, Series } from '../../src-main/workbench/contract.ts';
import type { Points, XAxis, XRange } from './curves.ts';

const columns = { step: 'steps', epoch: 'epochs', time: 'seconds' } as const;

/** Steps in one epoch of a run; null while its images are not counted. */
export function stepsInEpoch({
  totalSteps,
  epochs,
}: Pick<RunSummary, 'totalSteps' | 'epochs'>): number | null {
  return totalSteps === null || epochs === 0 ? null : totalSteps / epochs;
}

/**
 * A series of the log as points over the chosen axis.
 *
 * @param perEpoch steps in one epoch, where it is known: the log has only an epoch's number, not the part of it that is done
 */
export function pointsOf(series: Series | undefined, axis: XAxis, perEpoch: number | null = null): Points {
  return series ? { x: xsOf(series, axis, perEpoch), y: series.values } : { x: [], y: [] };
}

function xsOf(series: Series, axis: XAxis, perEpoch: number | null): number[] {
  if (axis === 'epoch' && perEpoch !== null) return series.steps.map((step) => step / perEpoch);
  return series[columns[axis]];
}

/** With the points of `later` that come after its last one. The same where there are none. */
export function appended(series: Series | undefined, later: Series): Series {
  const last = series?.steps.at(-1);
  if (!series || last === undefined) return later;
  const from = later.steps.findIndex((step) => step > last);
  return from === -1 ? series : joined(series, slice(later, from, later.steps.length));
}

/** A thinned series with one stretch of it in detail. */
export function withDetail(series: Series, detail: Series): Series {
  const [first, last] = [detail.steps[0], detail.steps.at(-1)];
  if (first === undefined || last === undefined) return series;
  const start = series.steps.findIndex((step) => step >= first);
  const end = series.steps.findIndex((step) => step > last);
  const before = slice(series, 0, start === -1 ? series.steps.length : start);
  return joined(
    joined(before, detail),
    slice(series, end === -1 ? series.steps.length : end, series.steps.length),
  );
}

/** The steps that a part of an axis covers, one point to each side with it; null if it covers none. */
export function stepsWithin(
  series: Iterable<Series>,
  axis: XAxis,
  { min, max }: XRange,
  perEpoch: number | null = null,
): { fromStep: number; toStep: number } | null {
  let fromStep = Infinity;
  let toStep = -Infinity;
  for (const one of series) {
    const xs = xsOf(one, axis, perEpoch);
    const start = xs.findIndex((x) => x >= min);
    if (start === -1) continue;
    const after = xs.findIndex((x) => x > max);
    const end = after === -1 ? xs.length - 1 : after;
    fromStep = Math.min(fromStep, one.steps[Math.max(0, start - 1)] ?? Infinity);
    toStep = Math.max(toStep, one.steps[end] ?? -Infinity);
  }
  return fromStep <= toStep ? { fromStep, toStep } : null;
}

function slice({ name, steps, epochs, seconds, values }: Series, start: number, end: number): Series {
  return {
    name,
    steps: steps.slice(start, end),
    epochs: epochs.slice(start, end),
    seconds: seconds.slice(start, end),
    values: values.slice(start, end),
  };
}

function joined(one: Series, other: Series): Series {
  return {
    name: one.name,
    steps: one.steps.concat(other.steps),
    epochs: one.epochs.concat(other.epochs),
    seconds: one.seconds.concat(other.seconds),
    values: one.values.concat(other.values),
  };
}
