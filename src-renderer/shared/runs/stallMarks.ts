import { nearestIndex, type Baseline, type ChartSeries, type Mark } from '../../charts/curves.ts';
import type { RunDetails } from '../../../src-main/workbench/contract.ts';

export type LearningVerdict = NonNullable<RunDetails['learning']>;

/** The level that a net does not leave, across the loss of one that has stalled. */
export function chanceLevel(learning: LearningVerdict | null): Baseline[] {
  if (learning?.kind !== 'stalled') return [];
  return [{ label: `chance level ${learning.chanceLoss.toFixed(2)}`, value: learning.chanceLoss }];
}

/**
 * Where a net stalls or diverges, on the curve of its training loss. A loss that is no number has no place: then the last
 * before it that is one.
 *
 * @param steps of the curve's points
 */
export function stallMarks(
  curve: ChartSeries | undefined,
  steps: readonly number[] | undefined,
  learning: LearningVerdict | null,
): Mark[] {
  const label = learning && stallText(learning);
  if (!curve || !steps || !label) return [];
  let index = nearestIndex(steps, learning.step ?? 0);
  while (index > 0 && !Number.isFinite(curve.points.y[index])) index--;
  const [x, y] = [curve.points.x[index], curve.points.y[index]];
  return x === undefined || y === undefined ? [] : [{ x, y, label, colour: curve.style.colour }];
}

/** What stands beside the curve where a net stops learning; null where it does not. */
function stallText({ kind, step }: LearningVerdict): string | null {
  if (kind === 'learns' || step === null) return null;
  return kind === 'stalled' ? 'stalls' : 'diverges';
}
