import { figureText } from '../../../../src-main/vocabulary/figures.ts';
import { logTicksAround, ticksAround } from '../../../../src-main/vocabulary/ticks.ts';
import type { RunSummary } from '../../../../src-main/workbench/contract.ts';
import type { RunColumn } from '../columns.ts';
import { isSetting } from './isSetting.ts';

/** A column as an axis: numbers from the least to the greatest, or texts side by side. */
export interface PlotAxis {
  column: RunColumn;
  /** Numbers that span powers of ten stand by their logarithm. */
  isLogarithmic: boolean;
  /** Where a run stands, 0 to 1; null where it has no value. */
  place: (run: RunSummary) => number | null;
  ticks: { place: number; text: string }[];
  /** What a search says for a part of the axis, from place to place: `=0.1..0.3`, `=A,B`; null for nothing. */
  condition: (from: number, to: number) => string | null;
}

/** From which ratio of the greatest to the least on an axis is logarithmic. */
const logarithmicFrom = 50;

/** So many values of a setting have room as ticks. */
const mostValues = 6;

export function plotAxis(column: RunColumn, runs: readonly RunSummary[]): PlotAxis {
  const values = runs.map(column.value).filter((value) => value !== undefined);
  const numbers = values.filter((value) => typeof value === 'number' && Number.isFinite(value));
  return numbers.length > 0 && values.every((value) => typeof value === 'number')
    ? numericAxis(column, runs, numbers.map(Number))
    : textAxis(column, runs);
}

function numericAxis(column: RunColumn, runs: readonly RunSummary[], numbers: readonly number[]): PlotAxis {
  const distinct = [...new Set(numbers)].sort((one, other) => one - other);
  const [min = NaN, max = NaN] = [distinct[0], distinct.at(-1)];
  const isLogarithmic = min > 0 && max / min >= logarithmicFrom;
  const ticks = ticksOf(column, distinct, isLogarithmic);
  const at = (value: number) => (isLogarithmic ? Math.log(value) : value);
  const [low, high] = [at(Math.min(min, ...ticks)), at(Math.max(max, ...ticks))];
  const placeOf = (value: number) => (low === high ? 0.5 : (at(value) - low) / (high - low));
  return {
    column,
    isLogarithmic,
    place: (run) => {
      const value = column.value(run);
      return typeof value === 'number' && Number.isFinite(value) ? placeOf(value) : null;
    },
    ticks: ticks.map((value) => ({ place: placeOf(value), text: tickText(column, runs, value) })),
    condition: (from, to) => {
      const inside = distinct.filter((value) => placeOf(value) >= from && placeOf(value) <= to);
      const [first, last] = [inside[0], inside.at(-1)];
      return first === undefined || last === undefined ? null : `=${first}..${last}`;
    },
  };
}

/** A value of a setting as the list has it, such as a range of S, which stands by a number; else the number. */
function tickText(column: RunColumn, runs: readonly RunSummary[], value: number): string {
  const run = isSetting(column) ? runs.find((each) => column.value(each) === value) : undefined;
  return run ? column.text(run) : figureText(value);
}

/** Settings have few values, which are the ticks; of all else round numbers are, with the values between them. */
function ticksOf(column: RunColumn, distinct: readonly number[], isLogarithmic: boolean): readonly number[] {
  const [min = NaN, max = NaN] = [distinct[0], distinct.at(-1)];
  if (min === max || (isSetting(column) && distinct.length <= mostValues)) return distinct;
  return isLogarithmic ? logTicksAround(min, max) : ticksAround(min, max);
}

function textAxis(column: RunColumn, runs: readonly RunSummary[]): PlotAxis {
  const texts = [...new Set(runs.map(column.text))].sort((one, other) =>
    one.localeCompare(other, 'en-GB', { numeric: true }),
  );
  const placeOf = (text: string) => (texts.length === 1 ? 0.5 : texts.indexOf(text) / (texts.length - 1));
  return {
    column,
    isLogarithmic: false,
    place: (run) => placeOf(column.text(run)),
    ticks: texts.map((text) => ({ place: placeOf(text), text })),
    condition: (from, to) => {
      const inside = texts.filter((text) => placeOf(text) >= from && placeOf(text) <= to);
      // A search is divided by spaces and commas.
      return inside.length === 0 || inside.some((text) => /[\s,]/.test(text)) ? null : `=${inside.join(',')}`;
    },
  };
}
