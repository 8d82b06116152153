import { netsOf, paperTable, type TableRow } from '../vocabulary/paperTables.ts';
import { sameScales } from '../vocabulary/scales.ts';
import type { Cell } from './definition.ts';

/** The one row of the paper's table in which a cell is; undefined if there is none, or the cell means several. */
export function cellRow({ table, net, S, Q, protocol }: Cell): TableRow | undefined {
  if (table === undefined) return undefined;
  const rows = paperTable(table).filter(
    (row) =>
      netsOf(row).join() === net.join() &&
      sameScales(row.trainScale, S) &&
      (Q === undefined || sameScales(row.testScales, Q)) &&
      (protocol === undefined || row.protocol === protocol),
  );
  return rows.length === 1 ? rows[0] : undefined;
}
