import type { Evidence } from './evidence.ts';

/** What is claimed of a difference, in points: less than 0, less than a margin, or within a margin either way. */
export interface Region {
  kind: 'less' | 'equal';
  /** 0 for `less` without a margin. */
  margin: number;
}

/** The test that decides a claim, and for or against it. */
export interface Decision {
  pValue: number;
  inFavour: boolean;
}

/**
 * - `less`: two-sided against the margin, for one seed and no margin by McNemar's exact test.
 * - `equal`: for it by two one-sided tests against the margins (Schuirmann 1987), against it by a two-sided one beyond them.
 *
 * Whatever is true, each is decided wrongly with a probability of at most the level at which the p-value is read.
 */
export function decide({ kind, margin }: Region, evidence: Evidence): Decision {
  const { effect, pValue, below, above } = evidence;
  if (kind === 'less') {
    const inFavour = effect < margin;
    if (margin === 0) return { pValue, inFavour };
    return { pValue: twoSided(inFavour ? below(margin) : above(margin)), inFavour };
  }
  const inFavour = Math.abs(effect) < margin;
  return inFavour
    ? { pValue: Math.max(below(margin), above(-margin)), inFavour }
    : { pValue: twoSided(Math.min(above(margin), below(-margin))), inFavour };
}

/**
 * A chain of sides, each less than the next. It holds where all neighbours are so, which the weakest test decides; it is
 * contradicted where one pair is the other way round, which is looked for among all of them (Bonferroni).
 */
export function decideChain(pairs: readonly Evidence[]): Decision {
  const reversed = pairs.filter(({ effect }) => effect > 0);
  const inFavour = reversed.length === 0;
  const pValue = inFavour
    ? Math.max(...pairs.map((pair) => pair.pValue))
    : Math.min(1, pairs.length * Math.min(...reversed.map((pair) => pair.pValue)));
  return { pValue, inFavour };
}

function twoSided(tail: number): number {
  return Math.min(1, 2 * tail);
}
