import { certaintyText } from '../../vocabulary/effects.ts';
import type { RowEffect } from '../pairedEffects.ts';
import type { ComparisonRow } from './rows.ts';

/**
 * What the errors of a group say, in sentences that hold for these numbers only: each run against the group's first, paired
 * image by image where the predictions are kept.
 */
export function answersOf([first, ...others]: readonly Pick<ComparisonRow, 'label' | 'effect'>[]): string[] {
  const measured = others.flatMap(({ label, effect }) => (effect === null ? [] : [{ label, effect }]));
  if (!first || measured.length === 0) return [];
  const sentences = measured.map(
    ({ label, effect }) => `${label} ${verdictOf(effect)} ${first.label} (${certaintyText(effect)}).`,
  );
  return [
    ...sentences,
    ...(measured.some(({ effect }) => effect.missing !== null) ? [keptBy] : []),
    ...(measured.some(({ effect }) => effect.seeds === 1) ? [oneSeed] : []),
  ];
}

const keptBy = 'Each evaluation keeps its predictions: evaluate again the runs that have none.';

const oneSeed =
  "One seed: p is of McNemar's exact test and speaks of these trained nets; how such nets train takes more seeds.";

function verdictOf({ points }: RowEffect): string {
  const size = Math.abs(points).toFixed(2);
  return Number(size) === 0 ? 'errs as often as' : `errs ${size} points ${points > 0 ? 'more' : 'less'} than`;
}
