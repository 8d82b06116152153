import type { Evidence } from '../statistics/evidence.ts';
import { holm, level } from '../statistics/holm.ts';
import { pairBySeed, type ScoredSide } from '../statistics/pairBySeed.ts';

/** A row against the one that it is measured against, in points of top-1 error: negative is better than it. */
export interface RowEffect {
  /** Over the seeds that both rows have; where predictions are missing, the difference of the two numbers. */
  points: number;
  /** The 95 % interval, paired image by image and seed by seed; null where not every prediction is kept. */
  low: number | null;
  high: number | null;
  /** Of that test alone, with one seed McNemar's exact one; then adjusted by Holm among the rows of the table. */
  pValue: number | null;
  pAdjusted: number | null;
  /** Whether the adjusted one is at most 0.05; null where there is no telling. */
  beyondChance: boolean | null;
  /** On how many images, and with how many seeds; null where not every prediction is kept. */
  images: number | null;
  seeds: number | null;
  /** Why there is no telling, as a clause without its full stop; null where there is. */
  missing: string | null;
}

/** A row as far as effects are about it. */
export interface EffectSide extends ScoredSide {
  top1Error: number | null;
}

/**
 * The effects of the rows of a table, in their order; null for rows that nothing is measured against, and where one of the
 * two was not run.
 */
export function pairedEffects(
  pairs: readonly { row: EffectSide; reference: EffectSide | undefined }[],
): (RowEffect | null)[] {
  const measured = pairs.map(({ row, reference }) => {
    if (!reference || row.top1Error === null || reference.top1Error === null) return null;
    return { points: row.top1Error - reference.top1Error, ...pairBySeed(row, reference) };
  });
  const tested = measured.flatMap((effect) => effect?.evidence ?? []);
  const adjusted = holm(tested.map(({ pValue }) => pValue));
  return measured.map((effect) => {
    if (effect === null) return null;
    const { points, evidence, missing } = effect;
    return evidence === null
      ? { ...notTested, points, missing }
      : effectOf(evidence, adjusted[tested.indexOf(evidence)] ?? 1);
  });
}

const notTested = {
  low: null,
  high: null,
  pValue: null,
  pAdjusted: null,
  beyondChance: null,
  images: null,
  seeds: null,
};

function effectOf(evidence: Evidence, pAdjusted: number): RowEffect {
  const { effect: points, low, high, pValue, images, seeds } = evidence;
  return {
    points,
    low,
    high,
    pValue,
    pAdjusted,
    images,
    seeds,
    beyondChance: pAdjusted <= level,
    missing: null,
  };
}

/** `paired image by image`, of several seeds `paired image by image and seed by seed`. */
export function pairedBy(effects: readonly (RowEffect | null)[]): string {
  const several = effects.some((effect) => (effect?.seeds ?? 1) > 1);
  return `paired image by image${several ? ' and seed by seed' : ''}`;
}

/** Which differences could not be paired, and why, for the caption of a table; nothing where all could. */
export function unpairedSentence(effects: readonly (RowEffect | null)[]): string[] {
  const reasons = [...new Set(effects.flatMap((effect) => effect?.missing ?? []))];
  if (reasons.length === 0) return [];
  const shown = reasons.length > 3 ? [...reasons.slice(0, 2), `${reasons.length - 2} more`] : reasons;
  return [`Not paired: ${shown.join('; ')}.`];
}
