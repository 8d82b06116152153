import type { RequestedEvaluation } from '../../configuration/evaluations.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { isScoredAsOwn } from '../../runs/ownEvaluation.ts';
import type { Run } from '../../runs/records.ts';
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
import {
  fillsRow,
  protocolOf,
  resultTable,
  type ResultTable,
  type TableEvaluation,
} from '../../tables/resultTable.ts';
import { rowScales } from '../../tables/scales.ts';
import { trainingOf } from '../../vocabulary/runKey.ts';
import { scoredRun } from './fusedRuns.ts';
import { outcomeIfKept } from './outcomeIfKept.ts';
import { placedRuns, type PlacedRun } from './placedRuns.ts';
import type { Workbench } from '../Workbench.ts';

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
      'Show it with npm run -s vgg -- study, or choose a study of the tables.',
    );
  }
  const runs = placedRuns(log, study.id);
  const context = tableContext(
    study.preset,
    definition,
    planOf(definition),
    runs.map(({ run }) => run),
  );
  const evaluations = paperTable(table).some((row) => netsOf(row).length > 1)
    ? await fusedEvaluations(workbench, table, context, runs)
    : await singleEvaluations(workbench, table, context, runs);
  return resultTable(table, context, evaluations);
}

/** The evaluations of the runs. Which images were right is read only for those that a row shows. */
async function singleEvaluations(
  workbench: Workbench,
  table: TableNumber,
  context: TableContext,
  runs: readonly PlacedRun[],
): Promise<TableEvaluation[]> {
  const { log } = workbench;
  const all: TableEvaluation[] = [];
  for (const { run, seed } of runs) {
    const known = { configs: [run.config.network.config], seed, convergences: convergencesOf(log, [run]) };
    for (const result of log.evaluations.of(run.id)) {
      if (!isScoredAsOwn(run, result)) continue;
      const evaluation = { ...result, ...known };
      const isShown = fillsRow(table, context, evaluation);
      const outcome = isShown ? await outcomeIfKept(workbench, run, result) : null;
      all.push({ ...evaluation, outcome });
    }
  }
  return all;
}

function convergencesOf({ judge }: RunLog, runs: readonly Run[]): Convergence[] {
  return runs.flatMap((run) => judge.of(run) ?? []);
}

/** The fused evaluations for each row and seed whose nets have all kept their posteriors. */
async function fusedEvaluations(
  workbench: Workbench,
  table: TableNumber,
  context: TableContext,
  runs: readonly PlacedRun[],
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
  { log, outcomes }: Workbench,
  row: TableRow,
  requested: RequestedEvaluation,
  runs: readonly PlacedRun[],
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
  const { errors, outcome } = await outcomes.ofMean(parts);
  return { ...evaluation, ...errors, configs: netsOf(row), convergences, outcome };
}
