import { isOwnEvaluation } from '../../runs/ownEvaluation.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { readDefinition } from '../../studies/ActiveStudy.ts';
import { planStudy } from '../../studies/plan.ts';
import { tableToCsv } from '../../tables/csv.ts';
import { tableToLatex } from '../../tables/latex.ts';
import { tableToMarkdown } from '../../tables/markdown.ts';
import type { TableNumber } from '../../tables/paper.ts';
import { resultTable, type ResultTable, type TableEvaluation } from '../../tables/resultTable.ts';
import { implementer } from '../implementer.ts';

const { tables } = implementer;

const renderers = { csv: tableToCsv, markdown: tableToMarkdown, latex: tableToLatex };

export const tableHandlers = tables.router({
  get: tables.get.handler(({ input, context: { log } }) => tableOfStudy(log, input.study, input.table)),
  render: tables.render.handler(({ input, context: { log } }) =>
    renderers[input.format](tableOfStudy(log, input.study, input.table)),
  ),
});

/** The ILSVRC-2012 validation set, by its size: no smaller set is called by that name. */
const ilsvrc = { classes: 1000, valImages: 50_000 };

function tableOfStudy(log: RunLog, wanted: string, table: TableNumber): ResultTable {
  const study = log.studies.get(wanted);
  const { preset, dataset, overrides } = readDefinition(study.id, study.definition);
  const [first] = planStudy(preset, dataset, overrides);
  if (!first) throw new Error('A study has runs.');
  const { network, evaluation } = first.config;
  const runs = log.studies.runsOf(study.id).map(({ runId, seed }) => ({ run: log.runs.get(runId), seed }));
  const images = runs.find(({ run }) => run.dataset !== null)?.run.dataset;
  const classes = network.classes ?? images?.classes ?? 0;
  return resultTable(
    table,
    {
      preset: study.preset,
      dataset: images?.name ?? dataset,
      ilsvrc: classes === ilsvrc.classes && images?.valImages === ilsvrc.valImages,
      classes,
      crop: network.crop,
      width: network.width,
      protocol: evaluation.protocol,
      average: evaluation.average,
      horizontalFlip: evaluation.horizontalFlip,
      checkpoint: evaluation.checkpoint,
    },
    runs.flatMap(({ run, seed }) =>
      log.evaluations
        .of(run.id)
        .filter((evaluation) => isOwnEvaluation(run, evaluation))
        .map((result): TableEvaluation => ({ ...result, config: run.config.network.config, seed })),
    ),
  );
}
