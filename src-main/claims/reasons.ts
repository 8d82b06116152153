import type { ClaimVerdict } from '../vocabulary/claims.ts';
import { countText } from '../vocabulary/counts.ts';
import { differenceRangeText, differenceText } from '../vocabulary/percentages.ts';
import type { JudgedClaim } from './judged.ts';
import type { MeasuredSide } from './measured.ts';
import type { Decision, Region } from '../statistics/decision.ts';
import type { Evidence } from '../statistics/evidence.ts';

/** `p = 0.031`, `p < 0.0001` */
export function pText(p: number): string {
  if (p < 0.0001) return 'p < 0.0001';
  return `p = ${p < 0.001 ? p.toFixed(4) : p.toFixed(3)}`;
}

/** `−1.10 points (95 %: −2.00 to −0.20)` */
export function effectText({ effect, low, high }: Pick<Evidence, 'effect' | 'low' | 'high'>): string {
  return `${differenceText(effect)} points (95 %: ${differenceRangeText(low, high)})`;
}

export function notRunText(sides: readonly MeasuredSide[]): string {
  const lacking = sides.filter(({ seeds }) => seeds.length === 0).map(({ side }) => side.label);
  return lacking.length === 0
    ? 'The sides were not trained with the same seeds.'
    : `Not scored yet: ${lacking.join(', ')}.`;
}

/** Why sides that were measured all the same cannot be compared, with what was measured. */
export function comparedText(obstacle: string, evidence: Evidence): string {
  return `${obstacle}; as they are, they differ by ${effectText(evidence)}.`;
}

/** What a test can say of a claim. */
export type Decided = Extract<ClaimVerdict, 'holds' | 'contradicted' | 'undecided'>;

interface Judged {
  verdict: Decided;
  test: { region: Region; evidence: Evidence; decision: Decision };
  pAdjusted: number;
  /** How many claims were tested together. */
  tested: number;
  needed: JudgedClaim['toDecide'];
}

/** One sentence: what was measured, how sure it is, and for an undecided claim what would decide it. */
export function verdictReason({ verdict, test, pAdjusted, tested, needed }: Judged): string {
  const { evidence, decision, region } = test;
  const among = tested > 1 ? `, ${pText(pAdjusted)} among ${tested} claims` : '';
  const margin = region.margin === 0 ? '' : ` against a margin of ${region.margin}`;
  const measured = `${effectText(evidence)}${margin}, ${pText(decision.pValue)}${among}`;
  if (verdict !== 'undecided') return `${measured}.`;
  return `${measured}: chance alone could do that${neededText(needed)}.`;
}

function neededText(needed: JudgedClaim['toDecide']): string {
  const ways = [
    ...(needed?.images == null ? [] : [`about ${countText(needed.images)} images`]),
    ...(needed?.seeds == null ? [] : [`about ${countText(needed.seeds)} seeds`]),
  ];
  return ways.length === 0 ? '' : `; ${ways.join(' or ')} would decide such a difference`;
}

/** In how many ways two sides of so many seeds can be mixed, where they are so few that it matters. */
const orders = new Map([
  [2, 6],
  [3, 20],
  [4, 70],
]);

/** With few seeds, how often chance alone gives as clear an order as all of one side better than all of the other. */
export function chanceOrder(seeds: number): string[] {
  const ways = orders.get(seeds);
  if (ways === undefined) return [];
  return [
    `With ${seeds} seeds a side, chance alone puts all of the first side before all of the second in 1 of ${ways} cases, and as often the other way round.`,
  ];
}
