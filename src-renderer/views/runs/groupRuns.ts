import { figureText } from '../../../src-main/vocabulary/figures.ts';
import { none } from '../../../src-main/vocabulary/none.ts';
import {
  meanAndDeviation,
  meanText,
  type MeanAndDeviation,
} from '../../../src-main/vocabulary/statistics.ts';
import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import type { RunColumn, SortValue } from './columns.ts';

/** Runs that agree in some columns. */
export interface RunGroup {
  /** What they agree in, in the order of the columns, as text and to sort by. */
  texts: string[];
  values: SortValue[];
  runs: RunSummary[];
}

export function groupRuns(runs: readonly RunSummary[], columns: readonly RunColumn[]): RunGroup[] {
  const groups = Map.groupBy(runs, (run) => columns.map(({ text }) => text(run)).join('\n'));
  return [...groups.values()]
    .map((members): RunGroup => ({
      texts: columns.map(({ text }) => members.slice(0, 1).map(text).join('')),
      values: columns.map(({ value }) => members.slice(0, 1).map(value)[0]),
      runs: members,
    }))
    .sort(byValues);
}

/** Of the runs that have a finite value; null if none has. */
export function meanOf(
  runs: readonly RunSummary[],
  { value }: RunColumn,
): (MeanAndDeviation & { count: number }) | null {
  const numbers = runs.map(value).filter((one) => typeof one === 'number' && Number.isFinite(one));
  return numbers.length === 0 ? null : { ...meanAndDeviation(numbers.map(Number)), count: numbers.length };
}

/** Whether a mean of it says something: of numbers that are not names of something else, such as a range of S. */
export function hasMean({ numeric, meanText: text }: RunColumn): boolean {
  return numeric === true && text !== null;
}

/** `12.34 ± 0.56`, and over how many runs. */
export function meanCell(runs: readonly RunSummary[], column: RunColumn): { text: string; count: number } {
  const mean = meanOf(runs, column);
  if (mean === null) return { text: none, count: 0 };
  return { text: meanText(mean, column.meanText ?? figureText), count: mean.count };
}

/**
 * By what they agree in, by a mean, or by the number of their runs (`runs`); what has no mean comes last, whichever way.
 * By nothing else they stay as they are.
 *
 * @param by the columns they agree in
 */
export function sortedGroups(
  groups: readonly RunGroup[],
  by: readonly RunColumn[],
  { column, descending }: { column: RunColumn | 'runs' | undefined; descending: boolean },
): RunGroup[] {
  if (column === undefined) return [...groups];
  const place = column === 'runs' ? -1 : by.findIndex(({ id }) => id === column.id);
  const valueOf = (group: RunGroup): SortValue =>
    column === 'runs'
      ? group.runs.length
      : place >= 0
        ? group.values[place]
        : (meanOf(group.runs, column)?.mean ?? undefined);
  return groups
    .map((group) => ({ group, value: valueOf(group) }))
    .sort((one, other) => {
      const missing = Number(one.value === undefined) - Number(other.value === undefined);
      return missing || (descending ? -1 : 1) * compared(one.value, other.value);
    })
    .map(({ group }) => group);
}

/** The columns in which runs differ: what there is to group by and to plot. */
export function varying(runs: readonly RunSummary[], columns: readonly RunColumn[]): RunColumn[] {
  return columns.filter(({ text }) => new Set(runs.map(text)).size > 1);
}

function byValues(one: RunGroup, other: RunGroup): number {
  for (const [index, a] of one.values.entries()) {
    const order = compared(a, other.values[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** What is not known after all else. */
function compared(one: SortValue, other: SortValue): number {
  if (one === other) return 0;
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en-GB', { numeric: true });
}
