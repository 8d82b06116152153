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
  /** The findings about the layout, those about the images in their order, and images that are in both splits. */
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
  const known = withDigests(dataset, inspection);
  const all = [...dataset.structure, ...findings, ...duplicatesIn(known)];
  const errors = all.filter(({ severity }) => severity === 'error').length;
  return {
    dataset: dataset.name,
    fingerprint: fingerprintOf(known),
    classes: dataset.classes.length,
    images: { train: dataset.train.length, val: dataset.val.length },
    errors,
    notes: all.length - errors,
    findings: all,
    statistics,
  };
}

/** Training images whose very files are also validation images, under whatever name. */
function duplicatesIn({ train, val }: Dataset): Finding[] {
  const names = new Map(val.map(({ digest, name }) => [digest, name]));
  return train.flatMap(({ digest, name }): Finding[] => {
    const other = names.get(digest);
    if (other === undefined) return [];
    const fact = `The same file as ${other === name ? 'the one of its name' : other} in val: it is trained on and scored.`;
    return [{ code: 'duplicate', severity: 'note', split: 'train', subject: name, fact }];
  });
}
