import { createHash } from 'node:crypto';
import { WorkbenchError } from '../foundation/errors.ts';
import type { Finding, Split } from './findings.ts';

/** Where the pixels of a sample come from. Pixels are `[height, width, channels]`, 8 bits each. */
export type SampleSource =
  | { kind: 'file'; path: string; bytes: number }
  | { kind: 'pixels'; data: Uint8Array; width: number; height: number; channels: 1 | 3 };

/** One labelled image: `name` is `CLASS/FILE`, `label` an index into the dataset's classes. */
export interface Sample {
  name: string;
  label: number;
  source: SampleSource;
}

export interface Dataset {
  name: string;
  /** Changes with any name, label or size of a sample, and with nothing else: the folder does not matter. */
  fingerprint: string;
  /** The names of the classes in the order of their labels. */
  classes: string[];
  train: Sample[];
  val: Sample[];
  /** Findings from the layout alone, before any image is decoded. */
  structure: Finding[];
}

/** Makes a dataset and computes its fingerprint. */
export function makeDataset(parts: Omit<Dataset, 'fingerprint'>): Dataset {
  return { ...parts, fingerprint: fingerprintOf(parts) };
}

/** The same dataset with only some of its splits; its classes and labels stay as they are. */
export function restrictToSplits(dataset: Dataset, splits: readonly Split[]): Dataset {
  return makeDataset({
    ...dataset,
    train: splits.includes('train') ? dataset.train : [],
    val: splits.includes('val') ? dataset.val : [],
  });
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
      : 'Training and evaluation need val/CLASS/IMAGE: move some images of each class there.',
  );
}

function fingerprintOf(dataset: Omit<Dataset, 'fingerprint'>): string {
  const hash = createHash('sha256').update(JSON.stringify(dataset.classes));
  for (const split of ['train', 'val'] as const) {
    hash.update(`\n${split}`);
    for (const { name, label, source } of dataset[split]) {
      hash.update(`\n${name}\t${label}\t${source.kind === 'file' ? source.bytes : source.data.byteLength}`);
    }
  }
  return hash.digest('hex').slice(0, 32);
}
