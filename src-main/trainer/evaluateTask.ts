import type { EvaluationSettings } from '../configuration/schema.ts';
import { EvaluationImages } from '../data/EvaluationImages.ts';
import type { EvaluationResult } from '../evaluation/evaluate.ts';
import { evaluateWeights } from '../evaluation/evaluateWeights.ts';
import type { TrainingEvent } from '../training/events.ts';
import { prepareImages, type PreparedImages } from './preparedImages.ts';
import { writePosteriors } from './posteriorsFile.ts';
import type { EvaluateJob } from './protocol.ts';

/** Scores a weights file on the validation images, and tells one evaluation for each set of scales. */
export async function scoreWeights(
  images: PreparedImages,
  settings: EvaluationSettings,
  workers: number,
  weights: { path: string; checkpoint: 'best' | 'last' | null; step: number | null },
  scaleSets: readonly (readonly number[])[],
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<EvaluationResult[]> {
  const { dataset, architecture, mean, facts } = images;
  const evaluationImages = new EvaluationImages({ samples: dataset.val, workers });
  try {
    const results = await evaluateWeights(
      weights.path,
      {
        architecture,
        images: evaluationImages,
        labels: dataset.val.map(({ label }) => label),
        mean,
        settings,
        signal,
        onProgress: ({ images: done, total }) => {
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

export async function evaluateTask(
  job: EvaluateJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished'> {
  const { config } = job;
  const needsStatistics = config.data.mean === 'training-set';
  const images = await prepareImages(config, needsStatistics ? ['train', 'val'] : ['val'], emit);
  const weights = { path: job.weights, checkpoint: job.checkpoint, step: job.step };
  const [first] = await scoreWeights(
    images,
    config.evaluation,
    config.data.workers,
    weights,
    job.scaleSets,
    emit,
    signal,
  );
  if (job.posteriorsFile !== null && first) {
    writePosteriors(job.posteriorsFile, images.dataset, images.architecture.classes, first.posteriors);
  }
  return 'finished';
}
