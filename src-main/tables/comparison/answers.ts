import type { ColumnKey } from './columns.ts';
import type { ComparisonCell, ComparisonRow } from './comparisonTable.ts';

/**
 * What the errors of a group say, in sentences that hold for these numbers alone: each run against the first of the group.
 */
export function answersOf(
  rows: readonly Pick<ComparisonRow, 'label' | 'cells'>[],
  columns: readonly ColumnKey[],
): string[] {
  const column = columns.indexOf('top1');
  const measured = rows.flatMap(({ label, cells }) => {
    const cell = cells[column];
    return cell?.mean == null ? [] : [{ label, cell, mean: cell.mean }];
  });
  const [first, ...others] = measured;
  // Without the one that the others are measured against there is nothing to say.
  if (!first || first.label !== rows[0]?.label) return [];
  return others.map(({ label, cell, mean }) => {
    const difference = mean - first.mean;
    const rounded = Math.abs(difference).toFixed(2);
    const verdict =
      Number(rounded) === 0
        ? 'errs as often as'
        : `errs ${rounded} points ${difference > 0 ? 'more' : 'less'} than`;
    return `${label} ${verdict} ${first.label}${spread(difference, first.cell, cell)}.`;
  });
}

/** How large the difference is beside what seeds alone make. */
function spread(difference: number, one: ComparisonCell, other: ComparisonCell): string {
  if (one.deviation === null || other.deviation === null) return ' (a single seed: no measure of chance)';
  const pooled = Math.sqrt((one.deviation ** 2 + other.deviation ** 2) / 2);
  return Math.abs(difference) > 2 * pooled
    ? ` (more than twice the deviation between seeds, ${pooled.toFixed(2)})`
    : ` (within twice the deviation between seeds, ${pooled.toFixed(2)})`;
}
