import { claimsContract, reportsContract } from './contract/claims.ts';
import { clusterContract } from './contract/cluster.ts';
import { comparisonsContract } from './contract/comparisons.ts';
import { configurationContract } from './contract/configuration.ts';
import { datasetsContract } from './contract/datasets.ts';
import { exchangeContract } from './contract/exchange.ts';
import { fusionContract } from './contract/fusion.ts';
import { hostContract } from './contract/host.ts';
import { insightContract } from './contract/insight.ts';
import { memoryContract } from './contract/memory.ts';
import { queueContract } from './contract/queue.ts';
import { startContract } from './contract/start.ts';
import { runsContract } from './contract/runs.ts';
import { studiesContract, tablesContract } from './contract/studies.ts';
import { systemContract } from './contract/system.ts';
import { trashContract } from './contract/trash.ts';
import { weightsContract } from './contract/weights.ts';

export type * from './contract/claims.ts';
export type * from './contract/cluster.ts';
export type * from './contract/comparisons.ts';
export type * from './contract/configuration.ts';
export type * from './contract/datasets.ts';
export type * from './contract/serverFiles.ts';
export type * from './contract/exchange.ts';
export type * from './contract/fusion.ts';
export type * from './contract/host.ts';
export type * from './contract/insight.ts';
export type { ImageReference } from './contract/imageReference.ts';
export type * from './contract/lookInside.ts';
export type * from './contract/memory.ts';
export type * from './contract/queue.ts';
export type * from './contract/runs.ts';
export type * from './contract/start.ts';
export type * from './contract/studies.ts';
export type * from './contract/system.ts';
export type * from './contract/trash.ts';
export type * from './contract/weights.ts';
export type { KeyDescription } from '../configuration/keys.ts';
export type { ConfigProblem } from '../configuration/problems.ts';
export type { RunConfig } from '../configuration/schema.ts';
export type { Configuration } from '../vocabulary/configurations.ts';
export type { LayerActivity } from '../vocabulary/layerActivity.ts';
export type { Protocol } from '../vocabulary/protocols.ts';
export type { TrainScale } from '../vocabulary/scales.ts';
export type { ValueStatistics } from '../vocabulary/valueStatistics.ts';
export type { Finding } from '../data/findings.ts';
export type { ErrorReport } from '../foundation/errors.ts';
export type { ComparedRun, RunComparison } from '../runs/compareRuns.ts';
export type { LayerMatrix, LoggedValue } from '../runs/layerMatrix.ts';
export type { SeriesSummary } from '../runs/MetricStore.ts';
export type {
  Checkpoint,
  Evaluation,
  Run,
  RunEnvironment,
  RunStatus,
  RunSummary,
  Series,
} from '../runs/records.ts';
export type { Study, StudyRun } from '../runs/study.ts';
export type { RunValues } from '../runs/runValues.ts';
export type { TrashedRun } from '../runs/Trash.ts';
export type { StudyEvent } from '../studies/ActiveStudy.ts';
export type { StudyRunProgress, StudyRunStatus, StudySnapshot } from '../studies/StudyProgress.ts';
export type { RunEvent } from '../supervisor/ActiveRun.ts';
export type { TableNumber } from '../vocabulary/paperTables.ts';
export type { Result, ResultRow, ResultTable } from '../tables/resultTable.ts';
export type { BenchResult } from '../trainer/protocol.ts';
export type { TrainingEvent } from '../training/events.ts';
export type { LayerQuantity } from '../training/layerSeries.ts';
export type { LayerDescription, NetworkDescription } from '../vgg/describe.ts';

/*
 * The workbench's API: the only way in for the command line, the hosts and the renderer. Inputs are checked by zod;
 * outputs come from this program and are only typed.
 */

export const contract = {
  runs: runsContract,
  queue: queueContract,
  cluster: clusterContract,
  studies: studiesContract,
  tables: tablesContract,
  trash: trashContract,
  comparisons: comparisonsContract,
  claims: claimsContract,
  reports: reportsContract,
  fusion: fusionContract,
  insight: insightContract,
  datasets: datasetsContract,
  exchange: exchangeContract,
  host: hostContract,
  ...configurationContract,
  ...systemContract,
  ...memoryContract,
  ...startContract,
  ...weightsContract,
};
