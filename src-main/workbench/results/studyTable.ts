import type { RequestedEvaluation } from '../../configuration/evaluations.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { isScoredAsOwn } from '../../runs/ownEvaluation.ts';
import type { Evaluation, Run } from '../../runs/records.ts';
import type { Outcome } from '../../statistics/outcome.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { Convergence } from '../../vocabulary/convergence.ts';
import { planOf, readDefinition } from '../../studies/definition.ts';
import { tableContext } from '../../studies/tableContext.ts';
import type { TableContext } from '../../tables/notes.ts';
import {
  netsOf,
  paperTable,
  trainingsOf,
  type TableNumber,
  type TableRow,
} from '../../vocabulary/paperTables.ts';
import { protocolOf, resultTable, type ResultTable, type TableEvaluation } from '../../tables/resultTable.ts';
import { rowScales } from '../../tables/scales.ts';
import { trainingOf } from '../../vocabulary/runKey.ts';
import { scoredRun } from './fusedRuns.ts';
import type { Workbench } from '../Workbench.ts';

interface StudyRun {
  key: string;
  seed: number;
  run: Run;
}

/**
 * One of the paper's tables with the results of a study.
 *
 * @throws WorkbenchError `study-without-tables`, those of {@link resultTable} and of fusion
 */
export async function studyTable(
  workbench: Workbench,
  requested: string,
  table: TableNumber,
): Promise<ResultTable> {
  const { log } = workbench;
  const study = log.studies.get(requested);
  const definition = readDefinition(study.id, study.definition);
  if (definition.comparison) {
    throw new WorkbenchError(
      'study-without-tables',
      `Study ${study.id} compares nets and fills no table of the paper.`,
      'Show it with vgg study, or choose a study of the tables.',
    );
  }
  const runs = log.studies
    .runsOf(study.id)
    .filter(({ runId }) => log.runs.has(runId))
    .map(({ runId, ...place }) => ({ ...place, run: log.runs.get(runId) }));
  const context = tableContext(
    study.preset,
    definition,
    planOf(definition),
    runs.map(({ run }) => run),
  );
  const evaluations = paperTable(table).some((row) => netsOf(row).length > 1)
    ? await fusedEvaluations(workbench, table, context, runs)
    : await singleEvaluations(workbench, runs);
  return resultTable(table, context, evaluations);
}

async function singleEvaluations(
  workbench: Workbench,
  runs: readonly StudyRun[],
): Promise<TableEvaluation[]> {
  const { log } = workbench;
  const all: TableEvaluation[] = [];
  for (const { run, seed } of runs) {
    const configs = [run.config.network.config];
    const convergences = convergencesOf(log, [run]);
    for (const result of log.evaluations.of(run.id)) {
      if (!isScoredAsOwn(run, result)) continue;
      all.push({
        ...result,
        configs,
        seed,
        convergences,
        outcome: await outcomeIfKept(workbench, run, result),
      });
    }
  }
  return all;
}

/** Which images were right, where the predictions are kept and can be read: without them a table has its numbers. */
async function outcomeIfKept(
  { log, predictions, outcomes }: Workbench,
  run: Run,
  evaluation: Evaluation,
): Promise<Outcome | null> {
  try {
    return await outcomes.of(log, predictions, run.id, evaluation);
  } catch (error) {
    if (error instanceof WorkbenchError) return null;
    throw error;
  }
}

function convergencesOf({ judge }: RunLog, runs: readonly Run[]): Convergence[] {
  return runs.flatMap((run) => judge.of(run) ?? []);
}

/** The fused evaluations for each row and seed whose nets have all kept their posteriors. */
async function fusedEvaluations(
  workbench: Workbench,
  table: TableNumber,
  context: TableContext,
  runs: readonly StudyRun[],
): Promise<TableEvaluation[]> {
  const fused: TableEvaluation[] = [];
  for (const row of paperTable(table)) {
    const requested = {
      protocol: protocolOf(table, row, context.protocol),
      testScales: rowScales(row, context.crop).testScales,
    };
    for (const seed of new Set(runs.map((run) => run.seed))) {
      const ofSeed = runs.filter((run) => run.seed === seed);
      const evaluation = await fusedEvaluation(workbench, row, requested, ofSeed);
      if (evaluation) fused.push({ ...evaluation, seed });
    }
  }
  return fused;
}

/** @param runs of one seed */
async function fusedEvaluation(
  { log, fusions, outcomes }: Workbench,
  row: TableRow,
  requested: RequestedEvaluation,
  runs: readonly StudyRun[],
): Promise<Omit<TableEvaluation, 'seed'> | undefined> {
  const found = trainingsOf(row).map((training) => runs.find(({ key }) => trainingOf(key) === training)?.run);
  const nets = found.map((run) => run && scoredRun(log, run, requested));
  const [evaluation] = nets.map((net) => net?.evaluation);
  const parts = nets.flatMap((net) => net?.posteriors ?? []);
  if (!evaluation || parts.length < nets.length) return undefined;
  const convergences = convergencesOf(
    log,
    found.filter((run) => run !== undefined),
  );
  const outcome = await outcomes.ofMean(parts);
  return { ...evaluation, ...(await fusions.of(parts)), configs: netsOf(row), convergences, outcome };
}
