import { numberedOutOfOrder } from './classOrder.ts';
import type { Sample } from './dataset.ts';
import type { Finding, Split } from './findings.ts';

/**
 * Findings about the classes and splits of an image folder: what is missing or empty.
 *
 * @param intended the splits that the folder is meant to have: without images they are errors
 */
export function structuralFindings(
  classes: readonly string[],
  splits: Record<Split, readonly Sample[]>,
  intended: Record<Split, boolean>,
): Finding[] {
  const findings: Finding[] = [];
  const note = (code: Finding['code'], split: Split | null, subject: string, fact: string) =>
    findings.push({ code, severity: 'note', split, subject, fact });

  const lacks = (split: Split, fact: string) =>
    findings.push({
      code: `no-${split}`,
      severity: intended[split] ? 'error' : 'note',
      split,
      subject: '',
      fact,
    });
  if (splits.train.length === 0)
    lacks('train', 'No training images: the dataset can only be evaluated on. They belong into train/CLASS.');
  if (splits.val.length === 0)
    lacks('val', 'No validation images: nothing can be trained or evaluated. They belong into val/CLASS.');

  const numbered = numberedOutOfOrder(classes);
  if (numbered !== null) note('numbered-classes', null, '', numbered);

  for (const alike of alikeClasses(classes)) {
    const names = alike.map((name) => JSON.stringify(name)).join(' and ');
    note('alike-classes', null, '', `${names} differ only in case or spaces: are they one class?`);
  }

  const train = countByLabel(splits.train, classes.length);
  const val = countByLabel(splits.val, classes.length);
  classes.forEach((name, label) => {
    const inTrain = (train[label] ?? 0) > 0;
    const inVal = (val[label] ?? 0) > 0;
    if (!inTrain && !inVal) note('empty-class', null, name, 'No image in either split.');
    else if (!inTrain && splits.train.length > 0) {
      note('class-missing-in-train', 'train', name, 'Has validation images but none to learn from.');
    } else if (!inVal && splits.val.length > 0) {
      note('class-missing-in-val', 'val', name, 'Has training images but none in validation.');
    }
  });
  return findings;
}

function countByLabel(samples: readonly Sample[], classes: number): Uint32Array {
  const counts = new Uint32Array(classes);
  for (const { label } of samples) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** Classes whose names differ only in case or spaces: some systems take their folders for one, and people mean one. */
function alikeClasses(classes: readonly string[]): string[][] {
  const groups = Map.groupBy(classes, (name) => name.toLowerCase().replace(/\s+/g, ' ').trim());
  return [...groups.values()].filter(({ length }) => length > 1);
}
