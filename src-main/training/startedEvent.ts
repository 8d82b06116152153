import { defined } from '../foundation/defined.ts';
import { computingThreads } from '../engine/environment.ts';
import { ownKernels } from '../engine/kernels.ts';
import { engineFacts } from '../engine/tensorflow.ts';
import type { TrainingEvent } from './events.ts';
import type { StartingPoint } from './startingPoint.ts';
import type { TrainingJob } from './TrainingJob.ts';

/** The first event that a run reports. */
export function startedEvent(
  { config, images, flushLog, team }: TrainingJob,
  { parameters, state, weights }: StartingPoint,
  stepsPerEpoch: number,
): TrainingEvent {
  return {
    type: 'started',
    step: state.step,
    totalSteps: stepsPerEpoch * config.training.epochs,
    stepsPerEpoch,
    logBytes: flushLog(),
    parameters: parameters.variables().reduce((sum, { size }) => sum + size, 0),
    ...defined({ weights }),
    dataset: images.facts,
    ...engineFacts(),
    kernels: ownKernels(),
    processes: team.size,
    threads: computingThreads(),
  };
}
