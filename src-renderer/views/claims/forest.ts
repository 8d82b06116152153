import { differenceText } from '../../../src-main/vocabulary/percentages.ts';
import type { JudgedClaim } from '../../../src-main/workbench/contract.ts';

/** The least and the most points of top-1 error to either side of 0 that are drawn. */
const leastReach = 2;
const mostReach = 12;

type Placed = Pick<JudgedClaim, 'effect' | 'low' | 'high' | 'paperEffect' | 'margin'>;

/** How far the axis reaches to either side of 0, in points: all that is drawn, unless that is very far. */
export function reachOf(claims: readonly Placed[]): number {
  const values = claims.flatMap(({ effect, low, high, paperEffect, margin }) =>
    [effect, low, high, paperEffect, margin].flatMap((value) => (value === null ? [] : Math.abs(value))),
  );
  return Math.ceil(Math.min(mostReach, Math.max(leastReach, ...values)));
}

/** Where a value stands, in % of the width; beyond the axis, at its end. */
export function placeOf(value: number, reach: number): number {
  const share = (value + reach) / (2 * reach);
  return 100 * Math.min(1, Math.max(0, share));
}

/** What of a claim is drawn, in % of the width. */
export interface ForestMarks {
  paper: number | null;
  effect: number | null;
  /** From the least to the greatest of the interval. */
  interval: readonly [number, number] | null;
  /** Whether the interval goes on beyond the axis, at its left and at its right. */
  beyond: readonly [boolean, boolean];
  /** The differences that the claim still allows. */
  allowed: readonly [number, number] | null;
}

export function marksOf(claim: Placed & Pick<JudgedClaim, 'kind'>, reach: number): ForestMarks {
  const { effect, low, high, paperEffect, margin, kind } = claim;
  const place = (value: number) => placeOf(value, reach);
  return {
    paper: paperEffect === null || kind === 'computed' ? null : place(paperEffect),
    effect: effect === null ? null : place(effect),
    interval: low === null || high === null ? null : [place(low), place(high)],
    beyond: [low !== null && low < -reach, high !== null && high > reach],
    allowed:
      kind === 'computed'
        ? null
        : kind === 'equal'
          ? [place(-(margin ?? 0)), place(margin ?? 0)]
          : [0, place(margin ?? 0)],
  };
}

export function tickText(tick: number): string {
  return tick === 0 ? '0' : differenceText(tick).replace(/\.00$/, '');
}

/** Round numbers of points from one end of the axis to the other. */
export function forestTicks(reach: number): number[] {
  const step = reach <= 3 ? 1 : reach <= 8 ? 2 : 4;
  const half = Math.floor(reach / step);
  return Array.from({ length: 2 * half + 1 }, (_, index) => (index - half) * step);
}
