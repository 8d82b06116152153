import { stringify } from 'csv-stringify/sync';
import { verdictsText, verdictText } from '../vocabulary/claims.ts';
import { countText } from '../vocabulary/counts.ts';
import { plainCell } from '../vocabulary/csvText.ts';
import { latexTable } from '../vocabulary/latex.ts';
import { escapeMarkdown, markdownTable } from '../vocabulary/markdown.ts';
import { differenceRangeText, differenceText, pValueText } from '../vocabulary/percentages.ts';
import { columnsOf, type TableColumn, type TableOptions } from '../vocabulary/tableOptions.ts';
import type { JudgedClaim, JudgedClaims } from './judged.ts';

/** Of the printed table. Differences in points of top-1 error, first side minus second, with a 95 % interval. */
export const claimHeads = [
  'Section',
  'Claim',
  'Verdict',
  'Effect',
  '95 %',
  'p',
  'Paper',
  'Images',
  'Seeds',
] as const;
const texts = 3;
const isText = (column: number) => column < texts;

/** Which choice of a reader of tables a column belongs to; the others are always there. */
const chosenAs: Partial<Record<(typeof claimHeads)[number], TableColumn>> = {
  Effect: 'effect',
  '95 %': 'interval',
  Paper: 'paper',
  Seeds: 'seeds',
};
/** The same of the columns of CSV. */
const chosenInCsv: Partial<Record<string, TableColumn>> = {
  effect: 'effect',
  low: 'interval',
  high: 'interval',
  paper_effect: 'paper',
  seeds: 'seeds',
  reason: 'note',
};

/** How claims are written: what of the options of tables has a meaning for them. Layouts, ± and bold have none. */
export type ClaimWriting = Pick<TableOptions, 'columns' | 'decimals' | 'onlyRun'>;

/** A text for each of {@link claimHeads}; what there is not is empty. */
export function claimCells(claim: JudgedClaim, { decimals }: ClaimWriting = {}): string[] {
  const { section, title, verdict, effect, low, high, images } = claim;
  const p = claim.pAdjusted ?? claim.pValue;
  const points = (value: number | null) => (value === null ? '' : differenceText(value, decimals));
  return [
    section,
    title,
    verdictText(verdict),
    points(effect),
    low === null || high === null ? '' : differenceRangeText(low, high, decimals),
    p === null ? '' : pValueText(p),
    points(claim.paperEffect),
    images === null ? '' : countText(images),
    claim.seeds === 0 ? '' : String(claim.seeds),
  ];
}

/** The claims that are written, and which of the columns. */
function chosen({ claims }: JudgedClaims, { columns, onlyRun }: ClaimWriting) {
  const shown = columnsOf({ columns });
  const isShown = (choice: TableColumn | undefined) => choice === undefined || shown.has(choice);
  return {
    claims: onlyRun === true ? claims.filter(({ verdict }) => verdict !== 'not-run') : claims,
    heads: claimHeads.filter((head) => isShown(chosenAs[head])),
    only: (cells: string[]) => cells.filter((_, column) => isShown(chosenAs[claimHeads[column] ?? 'Claim'])),
    isShown,
  };
}

/** `5 hold, 17 undecided (20 tested together, by Holm's method at 5 %)` */
export function claimsSummary({ claims, tested }: JudgedClaims): string {
  const together = tested > 1 ? ` (${tested} tested together, by Holm's method at 5 %)` : '';
  return `${verdictsText(claims)}${together}`;
}

const caption =
  'Effect: points of top-1 error, the first side of the claim minus the second; negative is better for the first. p is adjusted by Holm where the claim was tested.';

export function claimsToMarkdown(judged: JudgedClaims, writing: ClaimWriting = {}): string {
  const { claims, heads, only, isShown } = chosen(judged, writing);
  const reasons = claims.map(({ title, reason }) => `- ${escapeMarkdown(`${title}: ${reason}`)}`);
  return `${[
    `**Claims**: ${claimsSummary(judged)}`,
    markdownTable(
      heads,
      claims.map((claim) => only(claimCells(claim, writing))),
      isText,
    ),
    escapeMarkdown(caption),
    ...(isShown('note') ? [reasons.join('\n')] : []),
  ].join('\n\n')}\n`;
}

export function claimsToLatex(judged: JudgedClaims, writing: ClaimWriting = {}): string {
  const { claims, heads, only } = chosen(judged, writing);
  return latexTable({
    caption: `Claims: ${claimsSummary(judged)}. ${caption}`,
    label: 'tab:claims',
    heads,
    isText,
    groups: [{ rows: claims.map((claim) => only(claimCells(claim, writing))) }],
  });
}

/** A line for each claim, one value a cell; differences in points. */
export function claimsToCsv(judged: JudgedClaims, writing: ClaimWriting = {}): string {
  const { claims, isShown } = chosen(judged, writing);
  const records = claims.map((claim) =>
    Object.fromEntries(
      Object.entries(csvRecord(claim, writing)).filter(([name]) => isShown(chosenInCsv[name])),
    ),
  );
  return stringify(records, { header: true, cast: { string: plainCell } });
}

/** @returns percentages and points in all the decimals there are, unless some are asked for */
function csvRecord(claim: JudgedClaim, { decimals }: ClaimWriting) {
  const number = (value: number | null) => (value === null ? '' : String(Number(value.toPrecision(10))));
  const points = (value: number | null) =>
    value === null || decimals === undefined ? number(value) : value.toFixed(decimals);
  return {
    id: claim.id,
    section: claim.section,
    title: claim.title,
    kind: claim.kind,
    verdict: claim.verdict,
    effect: points(claim.effect),
    low: points(claim.low),
    high: points(claim.high),
    p_value: number(claim.pValue),
    p_adjusted: number(claim.pAdjusted),
    images: claim.images ?? '',
    seeds: claim.seeds,
    paper_effect: points(claim.paperEffect),
    margin: number(claim.margin),
    first: claim.sides[0]?.label ?? '',
    second: claim.sides.at(-1)?.label ?? '',
    first_error: sideError(claim, 0, { number, points }),
    second_error: sideError(claim, -1, { number, points }),
    reason: claim.reason,
  };
}

/** Of a computed claim a count, which has no decimals. */
function sideError(
  { kind, sides }: JudgedClaim,
  side: 0 | -1,
  { number, points }: Record<'number' | 'points', (value: number | null) => string>,
): string {
  return (kind === 'computed' ? number : points)(sides.at(side)?.error ?? null);
}
