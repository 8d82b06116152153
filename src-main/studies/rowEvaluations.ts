import { sameEvaluation, type RequestedEvaluation } from '../configuration/evaluations.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { paperTable, trainingsOf, type PaperRow, type TableNumber } from '../vocabulary/paperTables.ts';
import { protocolOf } from '../tables/resultTable.ts';
import { rowScales } from '../tables/scales.ts';
import { runKeyText } from '../vocabulary/runKey.ts';

/**
 * How a training is scored for the rows of tables that it fills. A training that only serves as the start of others is
 * scored for its row of Table 3.
 */
export function rowEvaluations(
  training: PaperRow,
  { network, evaluation }: RunConfig,
  tables: readonly TableNumber[],
): RequestedEvaluation[] {
  const trained = runKeyText({ net: training.config, trainScale: training.trainScale });
  const rowsIn = (table: TableNumber) =>
    paperTable(table)
      .filter((row) => trainingsOf(row).includes(trained))
      .map((row) => ({ table, row }));
  const filled = tables.toSorted().flatMap(rowsIn);
  const requested: RequestedEvaluation[] = [];
  for (const { table, row } of filled.length > 0 ? filled : rowsIn(3)) {
    const { testScales } = rowScales(row, network.crop);
    const one: RequestedEvaluation = { protocol: protocolOf(table, row, evaluation.protocol), testScales };
    const known = requested.find((other) => sameEvaluation(other, one));
    if (!known) requested.push(one);
    // A fusion needs posteriors.
    if (table === 6) (known ?? one).keepPosteriors = true;
  }
  return requested;
}
