import { createRouterClient } from '@orpc/server';
import { claimHandlers, reportHandlers } from './handlers/claims.ts';
import { clusterHandlers } from './handlers/cluster.ts';
import { comparisonHandlers } from './handlers/comparisons.ts';
import { configurationHandlers } from './handlers/configuration.ts';
import { datasetHandlers } from './handlers/datasets.ts';
import { evaluateHandler } from './handlers/evaluate.ts';
import { exchangeHandlers } from './handlers/exchange.ts';
import { fusionHandlers } from './handlers/fusion.ts';
import { hostHandlers } from './handlers/host.ts';
import { insightHandlers } from './handlers/insight.ts';
import { memoryHandlers } from './handlers/memory.ts';
import { startHandlers } from './handlers/start.ts';
import { queueHandlers } from './handlers/queue.ts';
import { runHandlers } from './handlers/runs.ts';
import { studyHandlers } from './handlers/studies.ts';
import { systemHandlers } from './handlers/system.ts';
import { tableHandlers } from './handlers/tables.ts';
import { trashHandlers } from './handlers/trash.ts';
import { weightsHandlers } from './handlers/weights.ts';
import { implementer } from './implementer.ts';
import type { Workbench } from './Workbench.ts';

/** The API, ready to be served by a host. */
export const router = implementer.router({
  runs: runHandlers,
  queue: queueHandlers,
  cluster: clusterHandlers,
  studies: studyHandlers,
  tables: tableHandlers,
  trash: trashHandlers,
  fusion: fusionHandlers,
  comparisons: comparisonHandlers,
  claims: claimHandlers,
  reports: reportHandlers,
  insight: insightHandlers,
  datasets: datasetHandlers,
  exchange: exchangeHandlers,
  host: hostHandlers,
  evaluate: evaluateHandler,
  ...configurationHandlers,
  ...systemHandlers,
  ...memoryHandlers,
  ...startHandlers,
  ...weightsHandlers,
});

/** The API as functions of this process, for the command line. */
export function localClient(workbench: Workbench) {
  return createRouterClient(router, { context: workbench });
}

export type WorkbenchClient = ReturnType<typeof localClient>;
