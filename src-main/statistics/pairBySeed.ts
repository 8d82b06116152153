import { evidenceOf, type Evidence } from './evidence.ts';
import { inOrderOf, otherImages, type Outcome } from './outcome.ts';
import { pairedCounts } from './paired.ts';

/** Trainings of one net, one for each seed, and which images each got right; null where its predictions are not kept. */
export interface ScoredSide {
  name: string;
  outcomes: readonly { seed: number; outcome: Outcome | null }[];
}

/** The difference of two sides, or what is missing to know it: a clause without its full stop. */
export type PairedSides = { evidence: Evidence; missing: null } | { evidence: null; missing: string };

/** Pairs two sides image by image and seed by seed; with one seed that is McNemar's exact test. */
export function pairBySeed(first: ScoredSide, second: ScoredSide): PairedSides {
  const seeds = first.outcomes.flatMap(({ seed, outcome }) => {
    const other = second.outcomes.find((one) => one.seed === seed);
    return other === undefined ? [] : [{ seed, pair: [outcome, other.outcome] as const }];
  });
  if (seeds.length === 0)
    return { evidence: null, missing: `${first.name} and ${second.name} have no seed in common` };
  const complete: [Outcome, Outcome][] = [];
  for (const { seed, pair } of seeds) {
    const [one, other] = pair;
    if (one === null || other === null) {
      const side = one === null ? first : second;
      return { evidence: null, missing: `the predictions of ${side.name}, seed ${seed}, are not kept` };
    }
    // Seeds are averaged image by image, so that all must be of the same ones.
    const apart = otherImages(complete[0]?.[0] ?? one, one) ?? otherImages(one, other);
    if (apart !== undefined)
      return { evidence: null, missing: `${first.name} and ${second.name}, seed ${seed}: ${apart}` };
    complete.push([one, other]);
  }
  return { evidence: evidenceOfPairs(complete), missing: null };
}

/** @param pairs one for each seed, all of the same images in any order */
export function evidenceOfPairs(pairs: readonly (readonly [first: Outcome, second: Outcome])[]): Evidence {
  const names = pairs[0]?.[0].names ?? [];
  return evidenceOf(
    pairs.map((pair) => {
      const [first, second] = [inOrderOf(names, pair[0]), inOrderOf(names, pair[1])];
      return { first, second, counts: pairedCounts(first, second) };
    }),
  );
}
