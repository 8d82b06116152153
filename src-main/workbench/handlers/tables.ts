import { isScoredAsOwn } from '../../runs/ownEvaluation.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { planOf, readDefinition } from '../../studies/definition.ts';
import { standingSnapshot } from '../../studies/standing.ts';
import { tableContext } from '../../studies/tableContext.ts';
import { tableToCsv } from '../../tables/csv.ts';
import { tableToLatex } from '../../tables/latex.ts';
import { tableToMarkdown } from '../../tables/markdown.ts';
import { trainingKey, type TableNumber } from '../../tables/paper.ts';
import {
  resultTable,
  type ResultRow,
  type ResultTable,
  type TableEvaluation,
} from '../../tables/resultTable.ts';
import type { StudyTableRow } from '../contract.ts';
import { implementer } from '../implementer.ts';
import type { Workbench } from '../Workbench.ts';

const { tables } = implementer;

const renderers = { csv: tableToCsv, markdown: tableToMarkdown, latex: tableToLatex };

export const tableHandlers = tables.router({
  get: tables.get.handler(({ input, context }) => {
    const table = tableOfStudy(context.log, input.study, input.table);
    return { ...table, rows: rowsWithRuns(context, input.study, table.rows) };
  }),
  render: tables.render.handler(({ input, context: { log } }) =>
    renderers[input.format](tableOfStudy(log, input.study, input.table)),
  ),
});

function rowsWithRuns(workbench: Workbench, wanted: string, rows: readonly ResultRow[]): StudyTableRow[] {
  const { log } = workbench;
  const { id, definition } = log.studies.get(wanted);
  const { runs } =
    workbench.studyUnderWay(id)?.snapshot() ??
    standingSnapshot(log, id, planOf(readDefinition(id, definition)));
  return rows.map((row) => {
    const filling = runs.filter(({ key }) => key.startsWith(`${trainingKey(row.paper)}#`));
    return { ...row, keys: filling.map(({ key }) => key), runs: filling };
  });
}

function tableOfStudy(log: RunLog, wanted: string, table: TableNumber): ResultTable {
  const study = log.studies.get(wanted);
  const definition = readDefinition(study.id, study.definition);
  const runs = log.studies
    .runsOf(study.id)
    .filter(({ runId }) => log.runs.has(runId))
    .map(({ runId, seed }) => ({ run: log.runs.get(runId), seed }));
  return resultTable(
    table,
    tableContext(
      study.preset,
      definition,
      planOf(definition),
      runs.map(({ run }) => run),
    ),
    runs.flatMap(({ run, seed }) =>
      log.evaluations
        .of(run.id)
        .filter((evaluation) => isScoredAsOwn(run, evaluation))
        .map((result): TableEvaluation => ({ ...result, config: run.config.network.config, seed })),
    ),
  );
}
