import { stringify } from 'csv-stringify/sync';
import { verdictsText, verdictText } from '../vocabulary/claims.ts';
import { countText } from '../vocabulary/counts.ts';
import { plainCell } from '../vocabulary/csvText.ts';
import { latexTable } from '../vocabulary/latex.ts';
import { escapeMarkdown, markdownTable } from '../vocabulary/markdown.ts';
import { differenceRangeText, differenceText, pValueText } from '../vocabulary/percentages.ts';
import type { JudgedClaim, JudgedClaims } from './judged.ts';

/** Of the printed table. Differences in points of top-1 error, first side minus second, with a 95 % interval. */
export const claimHeads = ['Section', 'Claim', 'Verdict', 'Effect', '95 %', 'p', 'Paper', 'Images', 'Seeds'];
const texts = 3;
const isText = (column: number) => column < texts;

/** A text for each of {@link claimHeads}; what there is not is empty. */
export function claimCells(claim: JudgedClaim): string[] {
  const { section, title, verdict, effect, low, high, images } = claim;
  const p = claim.pAdjusted ?? claim.pValue;
  const points = (value: number | null) => (value === null ? '' : differenceText(value));
  return [
    section,
    title,
    verdictText(verdict),
    points(effect),
    low === null || high === null ? '' : differenceRangeText(low, high),
    p === null ? '' : pValueText(p),
    points(claim.paperEffect),
    images === null ? '' : countText(images),
    claim.seeds === 0 ? '' : String(claim.seeds),
  ];
}

/** `5 hold, 17 undecided (20 tested together, by Holm's method at 5 %)` */
export function claimsSummary({ claims, tested }: JudgedClaims): string {
  const together = tested > 1 ? ` (${tested} tested together, by Holm's method at 5 %)` : '';
  return `${verdictsText(claims)}${together}`;
}

const caption =
  'Effect: points of top-1 error, the first side of the claim minus the second; negative is better for the first. p is adjusted by Holm where the claim was tested.';

export function claimsToMarkdown(judged: JudgedClaims): string {
  const { claims } = judged;
  const reasons = claims.map(({ title, reason }) => `- ${escapeMarkdown(`${title}: ${reason}`)}`);
  return `${[
    `**Claims**: ${claimsSummary(judged)}`,
    markdownTable(claimHeads, claims.map(claimCells), isText),
    escapeMarkdown(caption),
    reasons.join('\n'),
  ].join('\n\n')}\n`;
}

export function claimsToLatex(judged: JudgedClaims): string {
  return latexTable({
    caption: `Claims: ${claimsSummary(judged)}. ${caption}`,
    label: 'tab:claims',
    heads: claimHeads,
    isText,
    groups: [{ rows: judged.claims.map(claimCells) }],
  });
}

/** A line for each claim, one value a cell; differences in points. */
export function claimsToCsv({ claims }: JudgedClaims): string {
  const number = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(10))));
  return stringify(
    claims.map((claim) => ({
      id: claim.id,
      section: claim.section,
      title: claim.title,
      kind: claim.kind,
      verdict: claim.verdict,
      effect: number(claim.effect),
      low: number(claim.low),
      high: number(claim.high),
      p_value: number(claim.pValue),
      p_adjusted: number(claim.pAdjusted),
      images: claim.images ?? '',
      seeds: claim.seeds,
      paper_effect: number(claim.paperEffect),
      margin: number(claim.margin),
      first: claim.sides[0]?.label ?? '',
      second: claim.sides.at(-1)?.label ?? '',
      first_error: number(claim.sides[0]?.error ?? null),
      second_error: number(claim.sides.at(-1)?.error ?? null),
      reason: claim.reason,
    })),
    { header: true, cast: { string: plainCell } },
  );
}
