import { planOf, readDefinition, tablesOf } from '../../studies/definition.ts';
import { snapshotFromLog } from '../../studies/progressFromLog.ts';
import { tableToCsv } from '../../tables/csv.ts';
import { tableToLatex } from '../../tables/latex.ts';
import { tableToMarkdown } from '../../tables/markdown.ts';
import { trainingsOf, type TableNumber } from '../../vocabulary/paperTables.ts';
import type { ResultRow } from '../../tables/resultTable.ts';
import { trainingOf } from '../../vocabulary/runKey.ts';
import type { StudyTableRow } from '../contract.ts';
import { implementer } from '../implementer.ts';
import { studyTable } from '../results/studyTable.ts';
import type { Workbench } from '../Workbench.ts';

const { tables } = implementer;

const renderers = { csv: tableToCsv, markdown: tableToMarkdown, latex: tableToLatex };

export const tableHandlers = tables.router({
  get: tables.get.handler(async ({ input, context }) => {
    const table = await studyTable(context, input.study, input.table);
    return { ...table, rows: rowsWithRuns(context, input.study, input.table, table.rows) };
  }),
  render: tables.render.handler(async ({ input, context }) =>
    renderers[input.format](await studyTable(context, input.study, input.table), input.options),
  ),
});

/** Adds to each row the progress of its runs, even for a table that the study does not fill yet. */
function rowsWithRuns(
  workbench: Workbench,
  requested: string,
  table: TableNumber,
  rows: readonly ResultRow[],
): StudyTableRow[] {
  const { log } = workbench;
  const study = log.studies.get(requested);
  const definition = readDefinition(study.id, study.definition);
  const tables = [...new Set([...tablesOf(definition), table])];
  const { runs } =
    workbench.studyUnderWay(study.id)?.snapshot() ??
    snapshotFromLog(log, study.id, planOf({ ...definition, tables }));
  return rows.map((row) => {
    const filling = trainingsOf(row.paper).flatMap((training) =>
      runs.filter(({ key }) => trainingOf(key) === training),
    );
    return { ...row, keys: filling.map(({ key }) => key), runs: filling };
  });
}
