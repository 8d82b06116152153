import { WorkbenchError } from '../foundation/errors.ts';
import { requireSplits, restrictToSplits, type Dataset, type Sample } from './dataset.ts';
import type { Finding, Split } from './findings.ts';
import type { InspectionOptions } from './inspectDataset.ts';
import { withDigests } from './inspectDataset.ts';
import { inspectionOf } from './inspectionCache.ts';
import type { TrainingStatistics } from './statistics.ts';

export interface PreparedDataset {
  /** The dataset without the images that cannot be used, with the digests of the others. */
  dataset: Dataset;
  /** Why each of those images was left out. */
  skipped: Finding[];
  /** Null if there is no training image, for example if only validation images are requested. */
  statistics: TrainingStatistics | null;
}

/**
 * Makes sure that every image of a dataset can be used in a run. Each is decoded once per dataset;
 * the result is kept in the cache folder.
 *
 * @param options.splits what the run needs; other splits are left out (their classes keep their labels)
 * @param options.skipBroken leave out unusable images instead of refusing the dataset
 * @throws WorkbenchError `broken-images`, `split-missing`
 */
export async function prepareDataset(
  opened: Dataset,
  options: InspectionOptions & { splits?: readonly Split[]; skipBroken?: boolean } = {},
): Promise<PreparedDataset> {
  const splits = options.splits ?? ['train', 'val'];
  const asked = restrictToSplits(opened, splits);
  requireSplits(asked, splits);
  const inspection = await inspectionOf(asked, options);
  const { findings, statistics } = inspection;
  const dataset = withDigests(asked, inspection);
  const broken = findings.filter(({ severity }) => severity === 'error');
  if (broken.length === 0) return { dataset, skipped: [], statistics };
  if (options.skipBroken !== true) throw brokenImages(dataset, broken);
  const usable = (split: Split): Sample[] => {
    const names = new Set(broken.filter((finding) => finding.split === split).map(({ subject }) => subject));
    return dataset[split].filter(({ name }) => !names.has(name));
  };
  const kept = { ...dataset, train: usable('train'), val: usable('val') };
  requireSplits(kept, splits);
  return { dataset: kept, skipped: broken, statistics };
}

function brokenImages(dataset: Dataset, broken: readonly Finding[]): WorkbenchError {
  const total = dataset.train.length + dataset.val.length;
  const first = broken.slice(0, 3).map(({ split, subject, code }) => `${split ?? ''}/${subject} (${code})`);
  const more = broken.length > first.length ? ` and ${broken.length - first.length} more` : '';
  return new WorkbenchError(
    'broken-images',
    `${broken.length} of ${total} images of ${dataset.name} cannot be used: ${first.join(', ')}${more}.`,
    'See all of them with "npm run -s vgg -- data check"; mend or remove them, or leave them out with data.skipBroken=true.',
  );
}
