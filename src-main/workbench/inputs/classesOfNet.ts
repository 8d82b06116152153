import type { RunConfig } from '../../configuration/schema.ts';
import { readClassList } from '../../data/classList.ts';
import { classesUsed, requireNamed } from '../../data/classOrder.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { FindingCode, Split } from '../../data/findings.ts';
import type { ImageCounts } from '../../studies/work.ts';

/** What is known of a dataset once its files were listed. */
export interface CountedDataset extends ImageCounts {
  name: string;
  /** The classes of which there are images. */
  used: string[];
  /** How its images were divided, if that was done here, or that a share was set for nothing. */
  splitNote: string | null;
}

const splitNotes: readonly FindingCode[] = ['own-split', 'split-unused'];

export function countsOf(dataset: Dataset, splits: readonly Split[]): CountedDataset {
  return {
    name: dataset.name,
    splitNote: dataset.structure.find(({ code }) => splitNotes.includes(code))?.fact ?? null,
    used: classesUsed(dataset, splits),
    trainImages: dataset.train.length,
    valImages: dataset.val.length,
    classes: dataset.classes.length,
  };
}

/**
 * The number of classes that a net is made for: those of the list if the configuration names one, else the dataset's.
 *
 * @throws WorkbenchError `class-list-unreadable`, `classes-differ`
 */
export function classesOfNet(
  { classList }: RunConfig['data'],
  { name, used, classes }: CountedDataset,
): number {
  if (classList === null) return classes;
  const list = readClassList(classList);
  requireNamed(name, used, list);
  return list.names.length;
}
