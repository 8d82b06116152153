import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import type { RunColumn, SortValue } from './columns.ts';

const collator = new Intl.Collator('en-GB', { numeric: true });

/**
 * The pinned runs first; each part by a column, or as it is. What has no value comes last, whichever way.
 *
 * @param runs in the order that they keep where nothing else tells them apart
 */
export function sortedRuns(
  runs: readonly RunSummary[],
  sort: { column: RunColumn; descending: boolean } | null,
): RunSummary[] {
  const rows = runs.map((run) => ({ run, value: sort?.column.value(run) }));
  rows.sort((one, other) => {
    if (one.run.pinned !== other.run.pinned) return one.run.pinned ? -1 : 1;
    if (one.value === undefined || other.value === undefined) {
      return Number(one.value === undefined) - Number(other.value === undefined);
    }
    return (sort?.descending ? -1 : 1) * compared(one.value, other.value);
  });
  return rows.map(({ run }) => run);
}

function compared(one: NonNullable<SortValue>, other: NonNullable<SortValue>): number {
  if (typeof one === 'number' && typeof other === 'number') return one === other ? 0 : one < other ? -1 : 1;
  return collator.compare(String(one), String(other));
}
