import type { Series } from './records.ts';

/** The points of one series, in order of step. */
export type Points = Omit<Series, 'name'>;

/** A block holds so many points of one series: as many as a thinned curve shows of a part, few enough to read at once. */
export const pointsOfBlock = 1024;

/** A point of a block with what a curve shows of it; all null if the block has no finite value. */
export interface Extreme {
  step: number;
  epoch: number;
  seconds: number;
  value: number;
}

/** A stretch of a series in one row: SQLite takes a hundredth of the time that its points as rows would take. */
export interface MetricBlock {
  firstStep: number;
  lastStep: number;
  points: number;
  lowest: Extreme | null;
  highest: Extreme | null;
  /** Steps, epochs, seconds and values, one after the other: [4, points], float64. */
  content: Uint8Array;
}

export function noPoints(): Points {
  return { steps: [], epochs: [], seconds: [], values: [] };
}

export function pushPoint(points: Points, { step, epoch, seconds, value }: Extreme): void {
  points.steps.push(step);
  points.epochs.push(epoch);
  points.seconds.push(seconds);
  points.values.push(value);
}

export function pointAt({ steps, epochs, seconds, values }: Points, index: number): Extreme {
  return {
    step: steps[index] ?? NaN,
    epoch: epochs[index] ?? NaN,
    seconds: seconds[index] ?? NaN,
    value: values[index] ?? NaN,
  };
}

/** Packs the points from index `begin` to before `end`, of which there is at least one. */
export function packBlock(points: Points, begin: number, end: number): MetricBlock {
  const count = end - begin;
  const numbers = new Float64Array(4 * count);
  const { steps, epochs, seconds, values } = points;
  let [lowest, highest] = [-1, -1];
  for (let index = begin; index < end; index++) {
    const value = values[index] ?? NaN;
    numbers[index - begin] = steps[index] ?? NaN;
    numbers[count + index - begin] = epochs[index] ?? NaN;
    numbers[2 * count + index - begin] = seconds[index] ?? NaN;
    numbers[3 * count + index - begin] = value;
    if (!Number.isFinite(value)) continue;
    if (lowest < 0 || value < (values[lowest] ?? NaN)) lowest = index;
    if (highest < 0 || value > (values[highest] ?? NaN)) highest = index;
  }
  return {
    firstStep: steps[begin] ?? NaN,
    lastStep: steps[end - 1] ?? NaN,
    points: count,
    lowest: lowest < 0 ? null : pointAt(points, lowest),
    highest: highest < 0 ? null : pointAt(points, highest),
    content: new Uint8Array(numbers.buffer),
  };
}

/** Steps and values alone, one after the other. */
export interface Stretch {
  steps: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** All of a block, without a copy of each number. */
export function stretchOf(content: Uint8Array): Stretch {
  const numbers = numbersIn(content);
  const count = numbers.length / 4;
  return { steps: numbers.subarray(0, count), values: numbers.subarray(3 * count) };
}

/** Numbers of eight bytes must begin at a multiple of eight. */
function numbersIn(content: Uint8Array): Float64Array {
  const { buffer, byteOffset, byteLength } = content.byteOffset % 8 === 0 ? content : content.slice();
  return new Float64Array(buffer, byteOffset, byteLength / 8);
}

/** Adds the points of a block that are in a range of steps, ends included. */
export function unpackInto(points: Points, content: Uint8Array, fromStep: number, toStep: number): void {
  const numbers = numbersIn(content);
  const count = numbers.length / 4;
  for (let index = 0; index < count; index++) {
    const step = numbers[index] ?? NaN;
    if (step < fromStep || step > toStep) continue;
    points.steps.push(step);
    points.epochs.push(numbers[count + index] ?? NaN);
    points.seconds.push(numbers[2 * count + index] ?? NaN);
    points.values.push(numbers[3 * count + index] ?? NaN);
  }
}
