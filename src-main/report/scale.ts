import { ticksAround } from '../vocabulary/ticks.ts';

/** From values to places in a drawing. */
export interface Scale {
  at: (value: number) => number;
  ticks: readonly number[];
}

/** A scale of round ticks over a range of values. @param from @param to places of its ends */
export function linearScale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = rangeOf(values);
  const ticks = ticksAround(low, high);
  const [first = low, last = high] = [ticks[0], ticks.at(-1)];
  return { at: (value) => from + ((value - first) / (last - first)) * (to - from), ticks };
}

/** By powers of ten; values must be above 0. */
export function logarithmicScale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = rangeOf(values.map(Math.log10));
  const [first, last] = [Math.floor(low), Math.ceil(high)];
  const step = Math.max(1, Math.ceil((last - first) / 5));
  const count = Math.floor((last - first) / step);
  return {
    at: (value) => from + ((Math.log10(value) - first) / (last - first)) * (to - from),
    ticks: Array.from({ length: count + 1 }, (_, index) => 10 ** (first + index * step)),
  };
}

function rangeOf(values: readonly number[]): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value));
  const [low, high] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
