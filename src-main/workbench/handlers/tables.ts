import { isDeepStrictEqual } from 'node:util';
import { isScoredAsOwn } from '../../runs/ownEvaluation.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { planOf, readDefinition } from '../../studies/definition.ts';
import { presetNames, readPreset, type Preset } from '../../studies/preset.ts';
import { standingSnapshot } from '../../studies/standing.ts';
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
import type { DatasetFacts } from '../../training/events.ts';
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

/** ILSVRC-2012 by its size: no smaller set is called by that name. */
function isIlsvrc({ classes, trainImages, valImages }: DatasetFacts): boolean {
  return classes === 1000 && trainImages === 1_281_167 && valImages === 50_000;
}

/** How a study differs from the preset of its name, which may have been another when the study was made. */
function changesFrom(name: string, preset: Preset, overrides: readonly string[]): string[] {
  const same =
    presetNames().includes(name) && isDeepStrictEqual(settingsOf(preset), settingsOf(readPreset(name)));
  return [...(same ? [] : ['settings of an earlier version of it']), ...overrides];
}

function settingsOf({ description: _description, seeds: _seeds, ...settings }: Preset) {
  return settings;
}

function tableOfStudy(log: RunLog, wanted: string, table: TableNumber): ResultTable {
  const study = log.studies.get(wanted);
  const definition = readDefinition(study.id, study.definition);
  const { preset, dataset, overrides } = definition;
  const [first] = planOf(definition);
  if (!first) throw new Error('A study has runs.');
  const { network, evaluation } = first.config;
  const runs = log.studies
    .runsOf(study.id)
    .filter(({ runId }) => log.runs.has(runId))
    .map(({ runId, seed }) => ({ run: log.runs.get(runId), seed }));
  const seen = runs.map(({ run }) => run.dataset).filter((facts) => facts !== null);
  const [images] = seen;
  return resultTable(
    table,
    {
      preset: study.preset,
      changes: changesFrom(study.preset, preset, overrides),
      dataset: images?.name ?? dataset,
      ilsvrc: seen.length > 0 && seen.every((facts) => isIlsvrc(facts)),
      classes: images?.classes ?? null,
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
        .filter((evaluation) => isScoredAsOwn(run, evaluation))
        .map((result): TableEvaluation => ({ ...result, config: run.config.network.config, seed })),
    ),
  );
}
