import { obstacles, otherSettings } from './comparability.ts';
import type { Convergence } from '../vocabulary/convergence.ts';
import type { MeasuredClaim } from './definition.ts';
import { unmeasured, type JudgedClaim, type JudgedPair, type MissingWork } from './judged.ts';
import type { MeasuredSide } from './measured.ts';
import type { Outcome } from '../statistics/outcome.ts';
import { chanceOrder, comparedText, notRunText, verdictReason, type Decided } from './reasons.ts';
import { decide, decideChain, type Decision, type Region } from '../statistics/decision.ts';
import type { Evidence } from '../statistics/evidence.ts';
import { holm, level } from '../statistics/holm.ts';
import { evidenceOfPairs } from '../statistics/pairBySeed.ts';
import { toDecide } from '../statistics/toDecide.ts';

/** A claim before the others are known with which it shares the level. */
export interface TestedClaim {
  claim: JudgedClaim;
  /** What decides it; null where it cannot be decided. */
  test: { region: Region; evidence: Evidence; decision: Decision } | null;
}

/** Tests one claim by what was measured of its sides, in their order. */
export function testClaim(claim: MeasuredClaim, sides: readonly MeasuredSide[]): TestedClaim {
  const seeds = commonSeeds(sides);
  const missing = mergedWork(sides);
  const blank = blankClaim(claim, sides, seeds.length);
  if (seeds.length === 0) {
    return { claim: { ...blank, verdict: 'not-run', reason: notRunText(sides), missing }, test: null };
  }
  const { convergence, images, way } = obstacles(sides, seeds, claim.stallingCounts);
  const apart = images ?? way;
  if (apart !== undefined) {
    return {
      claim: {
        ...blank,
        ...notComparable(`${convergence ?? `The sides cannot be compared: ${apart}`}.`),
        missing,
      },
      test: null,
    };
  }
  const { evidence, decision, pairs } = evidenceFor(claim, sides, seeds);
  const { effect, low, high } = evidence;
  const measured: JudgedClaim = {
    ...blank,
    effect,
    low,
    high,
    pairs,
    missing,
    images: evidence.images,
    pValue: decision.pValue,
    notes: [...notesOn(sides, evidence), ...chanceOrder(evidence.seeds)],
  };
  if (convergence !== undefined) {
    return { claim: { ...measured, ...notComparable(comparedText(convergence, evidence)) }, test: null };
  }
  return { claim: measured, test: { region: regionOf(claim), evidence, decision } };
}

/** Reads the tests of all claims together: by Holm's method they share the level. */
export function judgeTogether(testedClaims: readonly TestedClaim[]): {
  claims: JudgedClaim[];
  tested: number;
} {
  const tests = testedClaims.flatMap(({ test }) => test ?? []);
  const adjusted = holm(tests.map(({ decision }) => decision.pValue));
  const adjustedOf = new Map(tests.map((test, index) => [test, adjusted[index] ?? 1]));
  const claims = testedClaims.map(({ claim, test }): JudgedClaim => {
    if (!test) return claim;
    const pAdjusted = adjustedOf.get(test) ?? 1;
    const { decision, region, evidence } = test;
    const verdict: Decided = pAdjusted > level ? 'undecided' : decision.inFavour ? 'holds' : 'contradicted';
    const needed = verdict === 'undecided' ? toDecide(region, evidence, level / tests.length) : null;
    const reason = verdictReason({ verdict, test, pAdjusted, tested: tests.length, needed });
    return { ...claim, verdict, reason, pAdjusted, toDecide: needed };
  });
  return { claims, tested: tests.length };
}

function notComparable(reason: string): { verdict: 'not-comparable'; reason: string } {
  return { verdict: 'not-comparable', reason };
}

function regionOf(claim: MeasuredClaim): Region {
  if (claim.kind === 'equal') return { kind: 'equal', margin: claim.margin };
  return { kind: 'less', margin: claim.kind === 'less' ? (claim.margin ?? 0) : 0 };
}

function commonSeeds([first, ...others]: readonly MeasuredSide[]): number[] {
  const seeds = first?.seeds.map(({ seed }) => seed) ?? [];
  return seeds.filter((seed) => others.every((side) => side.seeds.some((one) => one.seed === seed)));
}

/** What was measured of the first side against the last, the test that decides, and the neighbours of a chain. */
function evidenceFor(claim: MeasuredClaim, sides: readonly MeasuredSide[], seeds: readonly number[]) {
  const between = (first: MeasuredSide | undefined, second: MeasuredSide | undefined) =>
    evidenceOfPairs(seeds.map((seed) => [outcomeOf(first, seed), outcomeOf(second, seed)] as const));
  const evidence = between(sides[0], sides.at(-1));
  if (claim.kind !== 'ordered') return { evidence, decision: decide(regionOf(claim), evidence), pairs: [] };
  const neighbours = sides.slice(1).map((side, index) => ({ first: sides[index], second: side }));
  const tested = neighbours.map(({ first, second }) => between(first, second));
  const pairs = tested.map(({ effect, low, high, pValue }, index): JudgedPair => {
    const { first, second } = neighbours[index] ?? {};
    return { first: first?.side.label ?? '', second: second?.side.label ?? '', effect, low, high, pValue };
  });
  return { evidence: weakestOf(evidence, tested), decision: decideChain(tested), pairs };
}

/** Of a chain the ends are shown, but how much more would decide it follows from the pair that is least sure. */
function weakestOf(ends: Evidence, pairs: readonly Evidence[]): Evidence {
  const [weakest = ends] = pairs.toSorted((one, other) => other.pValue - one.pValue);
  return { ...ends, discordance: weakest.discordance, deviation: weakest.deviation, weakest: weakest.effect };
}

function outcomeOf(side: MeasuredSide | undefined, seed: number): Outcome {
  const scored = side?.seeds.find((one) => one.seed === seed);
  if (!scored) throw new RangeError('A pair has both sides.');
  return scored.outcome;
}

function notesOn(sides: readonly MeasuredSide[], { seeds }: Evidence): string[] {
  const endings = sides.flatMap((side) => side.seeds.flatMap((seed) => seed.endings));
  const namesOf = (kind: Convergence['kind'] | undefined) => [
    ...new Set(endings.filter(({ convergence }) => convergence?.kind === kind).map(({ name }) => name)),
  ];
  const [unknown, scheduled] = [namesOf(undefined), namesOf('schedule-ended')];
  const settings = otherSettings(sides);
  return [
    ...(unknown.length > 0 ? [`Whether it converged is not known of ${unknown.join(', ')}.`] : []),
    ...(scheduled.length > 0
      ? [
          `The error still fell when the schedule ended of ${scheduled.join(', ')}: this speaks of nets trained that long.`,
        ]
      : []),
    ...(settings.length > 0 ? [`The trainings differ also in ${settings.join(', ')}.`] : []),
    ...(seeds === 1 ? ['One seed: it speaks of these trained nets, not of how such nets train.'] : []),
  ];
}

function mergedWork(sides: readonly MeasuredSide[]): MissingWork | null {
  const all = sides.flatMap(({ missing }) => missing ?? []);
  if (all.length === 0) return null;
  return {
    trainings: [...new Set(all.flatMap(({ trainings }) => trainings))],
    evaluations: [...new Set(all.flatMap(({ evaluations }) => evaluations))],
    command: all.find(({ command }) => command !== null)?.command ?? null,
  };
}

function blankClaim(claim: MeasuredClaim, sides: readonly MeasuredSide[], seeds: number): JudgedClaim {
  const { id, section, title, sentence, why, kind } = claim;
  const papers = [sides[0], sides.at(-1)].map((side) => side?.side.paper ?? null);
  const [first = null, last = null] = papers;
  const printed = first === null || last === null ? null : Number((first - last).toFixed(6));
  return {
    id,
    section,
    title,
    sentence,
    why,
    kind,
    seeds,
    verdict: 'undecided',
    reason: '',
    paperEffect: claim.paperEffect ?? printed,
    margin: claim.kind === 'ordered' ? null : (claim.margin ?? null),
    marginReason: claim.kind === 'ordered' ? null : (claim.marginReason ?? null),
    sides: sides.map(({ side }) => side),
    ...unmeasured,
  };
}
