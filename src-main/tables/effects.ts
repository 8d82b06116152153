import type { TableNumber, TableRow } from '../vocabulary/paperTables.ts';
import { comparesProtocols, netsOf } from '../vocabulary/paperTables.ts';
import { sameScales } from '../vocabulary/scales.ts';
import { evidenceOf, type Evidence } from '../statistics/evidence.ts';
import { holm, level } from '../statistics/holm.ts';
import { inOrderOf, otherImages, type Outcome } from '../statistics/outcome.ts';
import { pairedCounts } from '../statistics/paired.ts';

/** A row against the table's row of reference, in points of top-1 error: negative is better than it. */
export interface RowEffect {
  /** Over the seeds that both rows have; where predictions are missing, the difference of the two numbers. */
  points: number;
  /** The 95 % interval, paired image by image and seed by seed; null where not every prediction is kept. */
  low: number | null;
  high: number | null;
  /** Adjusted by Holm among the rows of the table. */
  pValue: number | null;
  /** Whether that is at most 0.05; null where there is no telling. */
  beyondChance: boolean | null;
}

/** What stands in a row, as far as effects are about it. */
export interface ScoredRow {
  paper: TableRow;
  top1Error: number | null;
  /** One for each seed; null where predictions are not kept. */
  outcomes: readonly { seed: number; outcome: Outcome | null }[];
}

/**
 * The row that another is measured against: the first with the same S, in Table 5 the same net by dense evaluation, in Table
 * 6 the first. Undefined for that row itself.
 */
export function referenceOf(
  table: TableNumber,
  rows: readonly TableRow[],
  row: TableRow,
): TableRow | undefined {
  const first = rows.find((other) => {
    if (table === 6) return true;
    return comparesProtocols(table)
      ? netsOf(other).join() === netsOf(row).join()
      : sameScales(other.trainScale, row.trainScale);
  });
  return first === row ? undefined : first;
}

/** The effect of each row, in their order; null for rows of reference and where one of the two was not run. */
export function effectsOf(table: TableNumber, rows: readonly ScoredRow[]): (RowEffect | null)[] {
  const papers = rows.map(({ paper }) => paper);
  const measured = rows.map((row) => {
    const paper = referenceOf(table, papers, row.paper);
    const reference = rows.find((other) => other.paper === paper);
    if (!reference || row.top1Error === null || reference.top1Error === null) return null;
    return { points: row.top1Error - reference.top1Error, evidence: evidenceBetween(row, reference) };
  });
  const tested = measured.flatMap((effect) => effect?.evidence ?? []);
  const adjusted = holm(tested.map(({ pValue }) => pValue));
  return measured.map((effect) => {
    if (effect === null) return null;
    const { points, evidence } = effect;
    if (evidence === null) return { points, low: null, high: null, pValue: null, beyondChance: null };
    const pValue = adjusted[tested.indexOf(evidence)] ?? 1;
    const { low, high } = evidence;
    return { points: evidence.effect, low, high, pValue, beyondChance: pValue <= level };
  });
}

/** Null where a prediction is missing, the images are others, or the rows have no seed in common. */
function evidenceBetween(row: ScoredRow, reference: ScoredRow): Evidence | null {
  const pairs = row.outcomes.flatMap(({ seed, outcome }) => {
    const other = reference.outcomes.find((one) => one.seed === seed);
    return other === undefined ? [] : [{ one: outcome, other: other.outcome }];
  });
  const names = pairs[0]?.one?.names;
  if (names === undefined) return null;
  const complete = pairs.flatMap(({ one, other }) => {
    if (one === null || other === null || otherImages(one, other) !== undefined) return [];
    const [first, second] = [inOrderOf(names, one), inOrderOf(names, other)];
    return [{ first, second, counts: pairedCounts(first, second) }];
  });
  return complete.length === pairs.length ? evidenceOf(complete) : null;
}

/** The place of each value among those that are not null, 1 for the least; equal ones share it. */
export function ranksOf(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) =>
    value === null ? null : 1 + values.filter((other) => other !== null && other < value).length,
  );
}
