import type { Rgb, RunConfig } from '../configuration/schema.ts';
import { restrictToSplits, type Dataset } from '../data/dataset.ts';
import { fingerprintOf } from '../data/fingerprint.ts';
import type { Split } from '../data/findings.ts';
import type { ImageWorkers } from '../data/ImageWorkers.ts';
import { prepareDataset } from '../data/prepareDataset.ts';
import { deviationsOf, type TrainingStatistics } from '../data/statistics.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { DatasetFacts, TrainingEvent } from './events.ts';
import type { Architecture } from '../vgg/layers.ts';

/** The images of a run, and the values that depend on them. */
export interface PreparedImages {
  dataset: Dataset;
  facts: DatasetFacts;
  /** Statistics of the training images; null if only validation images were requested. */
  statistics: TrainingStatistics | null;
  /** Subtracted from each pixel (0–255). */
  mean: Rgb;
  /** Divides each channel once the mean is subtracted. */
  deviation: Rgb;
  architecture: Architecture;
}

/**
 * Checks the images of a run, and determines what depends on them: the number of classes and the mean RGB.
 *
 * @throws WorkbenchError those of the dataset, `classes-do-not-fit`
 */
export async function prepareImages(
  config: RunConfig,
  opened: Dataset,
  splits: readonly Split[],
  { pool, emit }: { pool: ImageWorkers; emit: (event: TrainingEvent) => void },
): Promise<PreparedImages> {
  const { network, data } = config;
  const prepared = await prepareDataset(opened, {
    splits,
    skipBroken: data.skipBroken,
    pool,
    onProgress: (done, total) => {
      emit({ type: 'progress', activity: 'checking images', done, total });
    },
  });
  const { dataset, skipped, statistics } = prepared;
  const classes = network.classes ?? dataset.classes.length;
  if (classes < dataset.classes.length) {
    throw new WorkbenchError(
      'classes-do-not-fit',
      `The dataset has ${dataset.classes.length} classes and the net only ${classes} outputs.`,
      'Set network.classes to the number of classes, or leave it out.',
    );
  }
  return {
    dataset,
    statistics,
    mean: data.mean === 'training-set' ? trainingStatistics(prepared).mean : data.mean,
    deviation:
      data.deviation === 'training-set' ? deviationsOf(trainingStatistics(prepared)) : data.deviation,
    architecture: { config: network.config, width: network.width, crop: network.crop, classes },
    facts: {
      name: dataset.name,
      fingerprint: fingerprintOf(dataset),
      valFingerprint: fingerprintOf(restrictToSplits(dataset, ['val'])),
      classes: dataset.classes.length,
      trainImages: dataset.train.length,
      valImages: dataset.val.length,
      skippedImages: skipped.length,
    },
  };
}

/** The statistics of images that include training images. */
export function trainingStatistics({ statistics }: Pick<PreparedImages, 'statistics'>): TrainingStatistics {
  if (statistics) return statistics;
  throw new Error('A dataset with training images has statistics.');
}

/**
 * Refuses a dataset without training images, for a configuration that takes the mean RGB or the deviation from these.
 *
 * @throws WorkbenchError `mean-unknown`
 */
export function requireTrainingImages({ train }: Dataset): void {
  if (train.length > 0) return;
  throw new WorkbenchError(
    'mean-unknown',
    'The mean RGB or the deviation is that of the training set, and the dataset has no training images.',
    'Give those that the net was trained with, for example --mean 123.68,116.779,103.939 --deviation 1,1,1 (ILSVRC).',
  );
}
