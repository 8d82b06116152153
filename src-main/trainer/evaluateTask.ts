import { dirname } from 'node:path';
import type { RunConfig } from '../configuration/schema.ts';
import { EvaluationImages } from '../data/EvaluationImages.ts';
import { openDataset } from '../data/openDataset.ts';
import type { EvaluationResult } from '../evaluation/evaluate.ts';
import { evaluateWeights } from '../evaluation/evaluateWeights.ts';
import { readState } from '../training/checkpoint.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { TrainingEvent } from '../training/events.ts';
import { unlessAborted, untilAborted } from '../foundation/interruption.ts';
import { meanUnknown, prepareImages, type PreparedImages } from './preparedImages.ts';
import { writePosteriors } from './posteriorsFile.ts';
import type { EvaluateJob } from './protocol.ts';

/** Scores a weights file on the validation images, and tells one evaluation for each set of scales. */
export async function scoreWeights(
  images: PreparedImages,
  { data, evaluation }: RunConfig,
  weights: { path: string; checkpoint: 'best' | 'last' | null; step: number | null },
  scaleSets: readonly (readonly number[])[],
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<EvaluationResult[]> {
  const { dataset, architecture, mean, facts } = images;
  const evaluationImages = new EvaluationImages({ samples: dataset.val, workers: data.workers });
  try {
    const results = await evaluateWeights(
      weights.path,
      {
        architecture,
        images: evaluationImages,
        labels: dataset.val.map(({ label }) => label),
        mean,
        deviation: data.deviation,
        settings: evaluation,
        signal,
        onProgress: (done, total) => {
          emit({ type: 'progress', activity: 'evaluating', done, total });
        },
      },
      scaleSets,
    );
    for (const { posteriors: _posteriors, testScales, ...result } of results) {
      emit({
        type: 'evaluation',
        ...result,
        testScales: [...testScales],
        checkpoint: weights.checkpoint,
        step: weights.step,
        dataset: facts,
      });
    }
    return results;
  } finally {
    await evaluationImages.close();
  }
}

export function evaluateTask(
  job: EvaluateJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  return untilAborted(signal, () => evaluateFile(job, emit, signal));
}

async function evaluateFile(
  job: EvaluateJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished'> {
  const { config } = job;
  const { mean } = config.data;
  // A run is scored with the mean it was trained with (Sect. 2.1), on whatever images.
  const known = mean === 'training-set' ? meanOfRun(job) : mean;
  if (!known && (await openDataset(config.data.dataset)).train.length === 0) throw meanUnknown();
  const images = await unlessAborted(
    prepareImages(
      { ...config, data: { ...config.data, mean: known ?? mean } },
      known ? ['val'] : ['train', 'val'],
      emit,
    ),
    signal,
  );
  if (job.checkpoint === null) refuseOtherClasses(images);
  const weights = { path: job.weights, checkpoint: job.checkpoint, step: job.step };
  const [first] = await scoreWeights(images, config, weights, job.scaleSets, emit, signal);
  if (job.posteriorsFile !== null && first) {
    writePosteriors(job.posteriorsFile, images.dataset, images.architecture.classes, first.posteriors);
  }
  return 'finished';
}

/**
 * A label is an index into the sorted classes: with fewer of them than the net was trained on, it names another output.
 * A run is exempt, since it was trained with the labels of its dataset.
 */
function refuseOtherClasses({ architecture, dataset }: PreparedImages): void {
  const { length } = dataset.classes;
  if (architecture.classes === length) return;
  throw new WorkbenchError(
    'classes-do-not-fit',
    `The net has ${architecture.classes} outputs and the dataset only ${length} classes, so no label is sure to be of its output.`,
    'Give the dataset all classes of the net: an empty folder in val/ for each that has no images.',
  );
}

function meanOfRun({ weights, checkpoint }: EvaluateJob): [number, number, number] | undefined {
  return checkpoint === null ? undefined : readState(dirname(weights), checkpoint)?.mean;
}
