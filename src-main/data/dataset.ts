import { WorkbenchError } from '../foundation/errors.ts';
import type { OwnSplit } from '../vocabulary/ownSplit.ts';
import type { Finding, Split } from './findings.ts';
import type { FileTimes } from './imageFile.ts';

/** Where the pixels of a sample come from. Pixels are `[height, width, channels]`, 8 bits each. */
export type SampleSource =
  | { kind: 'file'; path: string; bytes: number }
  | { kind: 'pixels'; data: Uint8Array; width: number; height: number; channels: 1 | 3 };

/** One labelled image: `name` is `CLASS/FILE`, `label` an index into the dataset's classes. */
export interface Sample {
  name: string;
  label: number;
  source: SampleSource;
  /** Of a file as it was listed. */
  times?: FileTimes;
  /** Of the bytes of its file or of its pixels, once the images were inspected; see fingerprint.ts. */
  digest?: string;
}

export interface Dataset {
  name: string;
  /** The names of the classes in the order of their labels. */
  classes: string[];
  train: Sample[];
  val: Sample[];
  /** Findings from the layout alone, before any image is decoded. */
  structure: Finding[];
  /** How its images were divided, if they come without validation images. */
  ownSplit?: OwnSplit;
}

/** The same dataset with only some of its splits; its classes and labels stay as they are. */
export function restrictToSplits(dataset: Dataset, splits: readonly Split[]): Dataset {
  return {
    ...dataset,
    train: splits.includes('train') ? dataset.train : [],
    val: splits.includes('val') ? dataset.val : [],
  };
}

/** @throws WorkbenchError `split-missing` where a split holds no image */
export function requireSplits(dataset: Dataset, splits: readonly Split[]): void {
  const missing = splits.find((split) => dataset[split].length === 0);
  if (missing === undefined) return;
  throw new WorkbenchError(
    'split-missing',
    `The dataset ${dataset.name} has no images in ${missing}/.`,
    missing === 'train'
      ? 'Training needs train/CLASS/IMAGE; a dataset without it can only be evaluated on.'
      : 'Training and evaluation need val/CLASS/IMAGE: move some images of each class there, or have a share of them divided off with data.validationShare=0.2.',
  );
}
