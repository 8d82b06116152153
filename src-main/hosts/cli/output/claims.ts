import { verdictsText, verdictText } from '../../../vocabulary/claims.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { differenceText } from '../../../vocabulary/percentages.ts';
import type { JudgedClaim, JudgedClaims } from '../../../workbench/contract.ts';
import { textTable } from './textTable.ts';

/** Every claim with its verdict, why, and how to run what was not run. */
export function claimsText({ study, passedOver, claims, tested }: JudgedClaims): string {
  const rows = claims.map((claim) => [
    claim.section,
    claim.id,
    verdictText(claim.verdict),
    points(claim.effect),
    claim.low === null || claim.high === null ? '' : `${points(claim.low)} to ${points(claim.high)}`,
    points(claim.paperEffect),
    claim.images === null ? '' : countText(claim.images),
    claim.seeds === 0 ? '' : String(claim.seeds),
  ]);
  const heads = ['Section', 'Claim', 'Verdict', 'Effect>', '95 %>', 'Paper>', 'Images>', 'Seeds>'];
  return [
    `${study === null ? 'Claims' : `Study ${study}`}: ${summary(claims, tested)}`,
    ...passedOver.map((newer) => `Study ${newer} is newer and tells less yet: --study ${newer}`),
    '',
    textTable(heads, rows),
    '',
    ...claims.map(({ title, reason }) => `${title}: ${reason}`),
    ...commands(claims),
  ].join('\n');
}

function points(value: number | null): string {
  return value === null ? '' : differenceText(value);
}

function summary(claims: readonly JudgedClaim[], tested: number): string {
  const verdicts = verdictsText(claims);
  return tested > 1 ? `${verdicts} (${tested} tested together, by Holm's method at 5 %)` : verdicts;
}

function commands(claims: readonly JudgedClaim[]): string[] {
  const all = new Set(
    claims.flatMap(({ verdict, missing }) => (verdict === 'not-run' ? (missing?.command ?? []) : [])),
  );
  return all.size === 0
    ? []
    : ['', 'What was not run is run by:', ...[...all].map((command) => `  ${command}`)];
}
