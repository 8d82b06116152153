import { meanAndDeviation, type MeanAndDeviation } from '../../../src-main/vocabulary/statistics.ts';
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

/** Of the runs that have a value; null if none has. */
export function meanOf(
  runs: readonly RunSummary[],
  { value }: RunColumn,
): (MeanAndDeviation & { count: number }) | null {
  const numbers = runs.map(value).filter((one) => typeof one === 'number');
  return numbers.length === 0 ? null : { ...meanAndDeviation(numbers), count: numbers.length };
}

/** The columns in which runs differ: what there is to group by and to plot. */
export function varying(runs: readonly RunSummary[], columns: readonly RunColumn[]): RunColumn[] {
  return columns.filter(({ text }) => new Set(runs.map(text)).size > 1);
}

function byValues(one: RunGroup, other: RunGroup): number {
  for (const [index, a] of one.values.entries()) {
    const b = other.values[index];
    if (a === b) continue;
    if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a).localeCompare(String(b), 'en-GB', { numeric: true });
  }
  return 0;
}
