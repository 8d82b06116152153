import type { Dataset } from './dataset.ts';
import type { Finding } from './findings.ts';
import { fingerprintOf } from './fingerprint.ts';
import { withDigests, type InspectionOptions } from './inspectDataset.ts';
import { inspectAndStore } from './inspectionCache.ts';
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
  /** The findings about the layout, then those about the images in their order. */
  findings: Finding[];
  statistics: TrainingStatistics | null;
}

/**
 * Decodes every image of a dataset in full, ignoring earlier checks, and reports what is wrong or notable. Keeps the
 * findings for later runs.
 */
export async function checkDataset(dataset: Dataset, options: InspectionOptions = {}): Promise<DataReport> {
  const inspection = await inspectAndStore(dataset, options);
  const { findings, statistics } = inspection;
  const all = [...dataset.structure, ...findings];
  const errors = all.filter(({ severity }) => severity === 'error').length;
  return {
    dataset: dataset.name,
    fingerprint: fingerprintOf(withDigests(dataset, inspection)),
    classes: dataset.classes.length,
    images: { train: dataset.train.length, val: dataset.val.length },
    errors,
    notes: all.length - errors,
    findings: all,
    statistics,
  };
}
