import type { RunConfig } from '../../configuration/schema.ts';
import { requireNamed } from '../../data/classOrder.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { initialWeights } from '../../supervisor/weights.ts';
import { classNamesIn } from '../../vgg/weights/classNames.ts';
import { requireFit } from '../../vgg/weights/load.ts';
import { openWeights } from '../../weights/openWeights.ts';
import type { CountedDataset } from './classesOfNet.ts';

/**
 * Checks, before a run is created, that it could start from its weights.
 *
 * @param dataset its images
 * @param classes number of classes for which the net is made
 * @throws WorkbenchError `initial-weights-missing`, `weights-do-not-fit`, `classes-differ` if the last layer is copied
 *   and names other classes, those of a run and of a file
 */
export async function requireFittingWeights(
  log: RunLog,
  config: RunConfig,
  dataset: Pick<CountedDataset, 'name' | 'used'> | null,
  classes: number,
): Promise<void> {
  const { initialisation, network, data } = config;
  const path = initialWeights(log, initialisation);
  if (path === null) return;
  const file = await openWeights(path);
  try {
    requireFit(file, { ...network, classes: network.classes ?? classes }, initialisation.layers);
    const names = classNamesIn(file);
    const hasLast = initialisation.layers === 'all' || initialisation.layers.startsWith('net-a');
    if (!dataset || !names || !hasLast || data.classList !== null) return;
    requireNamed(dataset.name, dataset.used, { names, origin: `the net in ${path}` });
  } finally {
    file.close();
  }
}
