import { WorkbenchError } from '../foundation/errors.ts';
import type { Dataset, Sample } from './dataset.ts';
import type { Split } from './findings.ts';

/** The names of the classes in the order of a net's outputs, and who says so: `the net of run.safetensors`. */
export interface ClassOrder {
  names: readonly string[];
  origin: string;
}

/** A dataset whose labels count the outputs of a net, and what a person should know of how they came about. */
export interface OrderedDataset {
  dataset: Dataset;
  notes: string[];
}

/** Names in a message; of a thousand classes the first few are enough. */
const namesShown = 5;

/**
 * The dataset with its labels in a given order of classes, found by name: the same pictures in folders that sort
 * otherwise, or in only some of the folders, are scored alike. The dataset then has all classes of the order.
 *
 * @param splits those whose images are used: a class that has none of them is left out
 * @throws WorkbenchError `classes-differ` if the dataset has images of a class that the order does not name
 */
export function orderClasses(opened: Dataset, order: ClassOrder, splits: readonly Split[]): OrderedDataset {
  const { names, origin } = order;
  requireNamed(opened.name, classesUsed(opened, splits), order);
  const labels = new Map(names.map((name, label) => [name.normalize('NFC'), label]));
  const labelOf = opened.classes.map((name) => labels.get(name.normalize('NFC')));
  const found = new Set(labelOf);
  const without = names.filter((_, label) => !found.has(label));
  const moved = labelOf.some((label, before) => label !== undefined && label !== before);
  const relabelled = (split: Split): Sample[] =>
    splits.includes(split)
      ? opened[split].map((sample) => ({ ...sample, label: labelOf[sample.label] ?? sample.label }))
      : [];
  return {
    dataset: { ...opened, classes: [...names], train: relabelled('train'), val: relabelled('val') },
    notes: [
      ...(moved
        ? [`The classes of ${opened.name} are taken in the order of ${origin}, by their names.`]
        : []),
      ...(without.length > 0
        ? [
            `${opened.name} has no images of ${without.length} of the ${names.length} classes of ${origin}: ${someOf(without)}.`,
          ]
        : []),
    ],
  };
}

/** The classes of which a dataset has images in the given splits. */
export function classesUsed(dataset: Dataset, splits: readonly Split[]): string[] {
  const used = new Set<number>();
  for (const split of splits) for (const { label } of dataset[split]) used.add(label);
  return dataset.classes.filter((_, label) => used.has(label));
}

/** @throws WorkbenchError `classes-differ` if one of the classes of a dataset is not in the order */
export function requireNamed(dataset: string, used: readonly string[], { names, origin }: ClassOrder): void {
  const named = new Set(names.map((name) => name.normalize('NFC')));
  const there = new Set(used.map((name) => name.normalize('NFC')));
  const unknown = used.filter((name) => !named.has(name.normalize('NFC')));
  if (unknown.length === 0) return;
  const without = names.filter((name) => !there.has(name.normalize('NFC')));
  const missing = without.length === 0 ? '' : ` It has no images of: ${someOf(without)}.`;
  throw new WorkbenchError(
    'classes-differ',
    `${dataset} has classes that ${origin} does not name: ${someOf(unknown)}.${missing}`,
    'Name the folders as the net names its classes, or say which folder is which output with data.classList (--class-list FILE), a class a line.',
  );
}

/** What a person should know if nothing names the outputs of a net that is scored on a dataset or goes on with it. */
export function noteOfPositions({ name, classes }: Dataset): string {
  const sorted = numberedOutOfOrder(classes);
  return (
    `The weights do not name their classes: their outputs are taken for the classes of ${name} in this order: ${someOf(classes)}.` +
    (sorted === null ? '' : ` ${sorted}`)
  );
}

/** That folders called by numbers do not come in the order of these numbers; null if they do, or have other names. */
export function numberedOutOfOrder(classes: readonly string[]): string | null {
  if (!classes.every((name) => /^\d+$/.test(name))) return null;
  const at = classes.findIndex((name, label) => label > 0 && Number(classes[label - 1]) > Number(name));
  if (at < 0) return null;
  return (
    `The classes are named by numbers, but sorted as text: ${classes[at - 1] ?? ''} comes before ${classes[at] ?? ''}. ` +
    'For weights that count otherwise, give the order with data.classList.'
  );
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(', ');
  return names.length > namesShown ? `${shown} and ${names.length - namesShown} more` : shown;
}
