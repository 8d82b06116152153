import type { ColumnKey } from './columns.ts';
import type { ComparisonCell, ComparisonRow } from './rows.ts';

/**
 * What the errors of a group say, in sentences that hold for these numbers only: each run against the group's first.
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
  // Without the run that the others are measured against, there is nothing to say.
  if (!first || others.length === 0 || first.label !== rows[0]?.label) return [];
  const sentences = others.map(({ label, cell, mean }) => {
    const difference = mean - first.mean;
    const points = Math.abs(difference).toFixed(2);
    const verdict =
      Number(points) === 0
        ? 'errs as often as'
        : `errs ${points} points ${difference > 0 ? 'more' : 'less'} than`;
    return `${label} ${verdict} ${first.label}${besideChance(difference, first.cell, cell)}.`;
  });
  const hasSpread = measured.every(({ cell }) => cell.deviation !== null);
  return hasSpread ? sentences : [...sentences, oneSeed];
}

const oneSeed =
  'One seed: that is of these trained nets. Whether the images tell two of them from chance, Compare says; how such nets train takes more seeds.';

/** How large a difference is compared with the variation between seeds; empty for one seed. */
function besideChance(difference: number, one: ComparisonCell, other: ComparisonCell): string {
  if (one.deviation === null || other.deviation === null) return '';
  const pooled = Math.sqrt((one.deviation ** 2 + other.deviation ** 2) / 2);
  const size = Math.abs(difference) > 2 * pooled ? 'more than' : 'within';
  return ` (${size} twice the deviation between seeds, ${pooled.toFixed(2)})`;
}
