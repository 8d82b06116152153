import type { RunConfig } from '../configuration/schema.ts';
import type { TrainingEvent } from '../training/events.ts';
import type { Evaluation, RunEnvironment, TrainingPlace } from './records.ts';

/* What a trainer reports of a run, in the words of the log. */

type EventOf<Type> = Extract<TrainingEvent, { type: Type }>;

/** Where it is trained, and with what. A run that goes on keeps the weights it began from. */
export function trainedWith(
  place: TrainingPlace,
  { tensorflow, device, kernels, processes, threads, weights }: EventOf<'started'>,
  earlier: Pick<RunEnvironment, 'weights'> | null | undefined,
): RunEnvironment {
  return {
    ...place,
    ...{ tensorflow, device, kernels, processes, threads, weights: weights ?? earlier?.weights ?? null },
  };
}

/** The evaluation that it reports. */
export function evaluationIn(
  { type: _type, dataset, checkpoint, step, ...result }: EventOf<'evaluation'>,
  { data }: RunConfig,
  at = new Date(),
): Evaluation {
  if (checkpoint === null || step === null) throw new Error('A run is scored by one of its checkpoints.');
  return {
    ...result,
    checkpoint,
    step,
    trainScale: data.trainScale,
    dataset: dataset.name,
    datasetFingerprint: dataset.valFingerprint,
    split: 'val',
    createdAt: at.toISOString(),
  };
}
