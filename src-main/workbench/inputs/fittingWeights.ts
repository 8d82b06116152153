import type { RunConfig } from '../../configuration/schema.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { initialWeights } from '../../supervisor/weights.ts';
import { requireFit } from '../../vgg/weights/load.ts';
import { openWeights } from '../../weights/openWeights.ts';

/**
 * Checks, before a run is created, that it could start from its weights.
 *
 * @param classes number of classes of the dataset
 * @throws WorkbenchError `initial-weights-missing`, `weights-do-not-fit`, those of a run and of a file
 */
export async function requireFittingWeights(log: RunLog, config: RunConfig, classes: number): Promise<void> {
  const { initialisation, network } = config;
  const path = initialWeights(log, initialisation);
  if (path === null) return;
  const file = await openWeights(path);
  try {
    requireFit(file, { ...network, classes: network.classes ?? classes }, initialisation.layers);
  } finally {
    file.close();
  }
}
