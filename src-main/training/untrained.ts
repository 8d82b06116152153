import { statSync } from 'node:fs';
import { engineFacts } from '../engine/tensorflow.ts';
import type { TrainingEvent } from './events.ts';
import { keepAsBest, saveCheckpoint } from './checkpoint.ts';
import { checkpointPath } from './checkpointFiles.ts';
import { startingPoint } from './startingPoint.ts';
import type { TrainingJob } from './train.ts';

/**
 * What {@link train} is for a run of no epochs: the weights that it starts from are its last checkpoint and its best, and
 * no image is seen.
 *
 * @throws WorkbenchError those of the weights and of the disk
 */
export async function keepUntrained(
  job: Omit<TrainingJob, 'statistics' | 'flushLog'>,
  emit: (event: TrainingEvent) => void,
): Promise<void> {
  const { config, architecture, checkpointFolder, initialWeights, mean } = job;
  const start = await startingPoint(config, architecture, checkpointFolder, initialWeights, mean);
  const { parameters, optimiser, state, weights } = start;
  try {
    emit({
      type: 'started',
      ...{ step: 0, totalSteps: 0, stepsPerEpoch: 0 },
      parameters: parameters.variables().reduce((sum, { size }) => sum + size, 0),
      ...(weights && { weights }),
      dataset: job.datasetFacts,
      ...engineFacts(),
    });
    const bytes = saveCheckpoint(checkpointFolder, parameters, optimiser, state);
    emit({ type: 'checkpoint', kind: 'last', step: 0, epoch: 0, bytes });
    keepAsBest(checkpointFolder);
    const { size } = statSync(checkpointPath(checkpointFolder, 'best'));
    emit({ type: 'checkpoint', kind: 'best', step: 0, epoch: 0, bytes: size });
  } finally {
    optimiser.dispose();
    parameters.dispose();
  }
}
