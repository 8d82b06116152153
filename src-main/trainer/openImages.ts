import type { RunConfig } from '../configuration/schema.ts';
import { readClassList } from '../data/classList.ts';
import { noteOfPositions, orderClasses, type ClassOrder, type OrderedDataset } from '../data/classOrder.ts';
import { restrictToSplits } from '../data/dataset.ts';
import type { Split } from '../data/findings.ts';
import { openDataset } from '../data/openDataset.ts';
import { readClassNames } from '../vgg/weights/classNames.ts';

/** Images whose labels count the outputs of a net. */
export interface OpenedImages extends OrderedDataset {
  /** Whether the weights name their classes: then the dataset may lack some of them. */
  namedByWeights: boolean;
}

/**
 * Opens a run's images with labels in the order of its net's outputs: that of the list of classes if one is set, else
 * that of the weights, by their names for the classes, else that of the dataset.
 *
 * @param weights the order that weights give; null where they name no classes; undefined if no weights decide it
 * @throws WorkbenchError those of `openDataset`, `class-list-unreadable`, `classes-differ`
 */
export async function openImages(
  data: RunConfig['data'],
  splits: readonly Split[],
  weights: ClassOrder | null | undefined,
): Promise<OpenedImages> {
  const { dataset, classList } = data;
  const opened = await openDataset(dataset, data);
  if (classList !== null) {
    return { ...orderClasses(opened, readClassList(classList), splits), namedByWeights: false };
  }
  if (weights) return { ...orderClasses(opened, weights, splits), namedByWeights: true };
  const notes = weights === null ? [noteOfPositions(opened)] : [];
  return { dataset: restrictToSplits(opened, splits), notes, namedByWeights: false };
}

/** The order of classes that a weights file names; null if it names none. @throws WorkbenchError those of opening it */
export async function orderIn(path: string): Promise<ClassOrder | null> {
  const names = await readClassNames(path);
  return names && { names, origin: `the net in ${path}` };
}
