import { WorkbenchError } from '../foundation/errors.ts';
import type { Dataset } from './dataset.ts';
import type { Finding } from './findings.ts';
import type { InspectionOptions } from './inspectDataset.ts';
import { inspectAndStore, inspectionOf } from './inspectionCache.ts';
import type { TrainingStatistics } from './statistics.ts';

/** The report of `vgg data check`. */
export interface DataReport {
  dataset: string;
  fingerprint: string;
  classes: number;
  images: { train: number; val: number };
  /** Images that cannot be used. */
  errors: number;
  notes: number;
  /** The layout's findings, then the images' in their order. */
  findings: Finding[];
  statistics: TrainingStatistics | null;
}

/**
 * Decodes every image of a dataset in full, whatever is known of it from before, and reports what is wrong or
 * notable; keeps what it found for later runs.
 */
export async function checkDataset(dataset: Dataset, options: InspectionOptions = {}): Promise<DataReport> {
  const { findings, statistics } = await inspectAndStore(dataset, options);
  const all = [...dataset.structure, ...findings];
  const errors = all.filter(({ severity }) => severity === 'error').length;
  return {
    dataset: dataset.name,
    fingerprint: dataset.fingerprint,
    classes: dataset.classes.length,
    images: { train: dataset.train.length, val: dataset.val.length },
    errors,
    notes: all.length - errors,
    findings: all,
    statistics,
  };
}

/**
 * Mean RGB and principal components over all pixels of all training images at full size; decoded once per dataset
 * and kept.
 *
 * @throws WorkbenchError `split-missing` if no training image can be decoded
 */
export async function trainingStatistics(
  dataset: Dataset,
  options: InspectionOptions = {},
): Promise<TrainingStatistics> {
  const { statistics } = await inspectionOf(dataset, options);
  if (statistics !== null) return statistics;
  throw new WorkbenchError(
    'split-missing',
    `The dataset ${dataset.name} has no usable training image to take the mean RGB from.`,
    'Give the mean with data.mean (--mean R,G,B), or add images to train/.',
  );
}
