/** Round values of an axis: multiples of 1, 2 or 5 times a power of ten, or of a logarithmic one those themselves. */

/** 1, 2 or 5 times a power of ten, at least as much. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
}

/** About five, from the last below a range to the first above it. @param high more than `low` */
export function ticksAround(low: number, high: number): number[] {
  const step = roundStep((high - low) / 5);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

export function ticksWithin(low: number, high: number): number[] {
  return ticksAround(low, high).filter((value) => value >= low && value <= high);
}

/** From this many decades on, only the first value of each has a tick; and there are at most so many. */
const manyDecades = 3;
const mostDecades = 8;

/** As {@link ticksAround}, of a logarithmic axis. @param low above 0 */
export function logTicksAround(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const decades = last - first;
  const step = Math.max(1, Math.ceil(decades / mostDecades));
  const digits = decades > manyDecades ? [1] : [1, 2, 5];
  const values: number[] = [];
  for (let power = first; power < last + step; power += step)
    for (const digit of digits) values.push(Number(`${digit}e${power}`));
  const from = values.findLastIndex((value) => value <= low);
  const to = values.findIndex((value) => value >= high);
  return values.slice(Math.max(0, from), to < 0 ? values.length : to + 1);
}

/** Where these are too few, round values. */
export function logTicksWithin(low: number, high: number): number[] {
  const within = (values: readonly number[]) => values.filter((value) => value >= low && value <= high);
  const ticks = within(logTicksAround(low, high));
  return ticks.length < 2 ? ticksWithin(low, high) : ticks;
}
