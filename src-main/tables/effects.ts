import type { TableNumber, TableRow } from '../vocabulary/paperTables.ts';
import { comparesProtocols, netsOf } from '../vocabulary/paperTables.ts';
import { sameScales } from '../vocabulary/scales.ts';
import { pairedEffects, type EffectSide, type RowEffect } from './pairedEffects.ts';

/** What stands in a row, as far as effects are about it. */
export interface ScoredRow extends Omit<EffectSide, 'name'> {
  paper: TableRow;
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
  return pairedEffects(
    rows.map((row) => {
      const paper = referenceOf(table, papers, row.paper);
      const reference = rows.find((other) => other.paper === paper);
      return { row: sideOf(row), reference: reference && sideOf(reference) };
    }),
  );
}

/** Called by its id without the table: `D@256-512:dense`. */
function sideOf({ paper: { id }, ...row }: ScoredRow): EffectSide {
  return { ...row, name: id.slice(id.indexOf(':') + 1) };
}

/** The place of each value among those that are not null, 1 for the least; equal ones share it. */
export function ranksOf(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) =>
    value === null ? null : 1 + values.filter((other) => other !== null && other < value).length,
  );
}
