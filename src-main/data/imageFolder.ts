import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defined } from '../foundation/defined.ts';
import { defaultValidationShare, nameWithSplit, type OwnSplit } from '../vocabulary/ownSplit.ts';
import { scanClasses, scanUndivided, unlabelledFindings, type ClassScan } from './classFolders.ts';
import type { Dataset, Sample } from './dataset.ts';
import type { Finding, Split } from './findings.ts';
import {
  divideClasses,
  ownSplitNote,
  splitUnusedNote,
  usualSplit,
  type ClassImages,
  type Division,
  type SplitChoice,
} from './ownSplit.ts';
import { compareNames, scanImages, visibleEntries, type ImageFile } from './scanFolder.ts';
import { structuralFindings } from './structure.ts';
import { readValidationClasses } from './validationClasses.ts';

/**
 * Opens `train/CLASS/IMAGE` and `val/CLASS/IMAGE`, or ILSVRC's flat `val/IMAGE` with the file that names each image's
 * class. Either split may be absent. Of `CLASS/IMAGE`, and where it is asked for of a `train/` without `val/`, some
 * images of each class become the validation images; see {@link divideClasses}. Names of classes are in Unicode's
 * composed form (NFC), whichever form a disk keeps: the same name from another system is the same class. No image is
 * opened.
 *
 * @throws WorkbenchError `dataset-layout`, `class-too-small`, `validation-labels-missing`
 */
export async function openImageFolder(
  root: string,
  given: string,
  choice: SplitChoice = usualSplit,
): Promise<Dataset> {
  const name = basename(given);
  const { validationShare, splitSeed: seed } = choice;
  if (!existsSync(join(root, 'train')) && !existsSync(join(root, 'val'))) {
    const scan = await scanUndivided(root);
    return divided(name, root, scan, { share: validationShare ?? defaultValidationShare, seed });
  }
  const train = await scanSplit(root, given, 'train');
  const val = await scanSplit(root, given, 'val');
  const hasVal = val.classes.some(({ images }) => images.length > 0);
  if (validationShare !== null && !hasVal) {
    return divided(name, join(root, 'train'), train, { share: validationShare, seed });
  }
  const intended = { train: existsSync(join(root, 'train')), val: true };
  const findings = [...train.findings, ...val.findings];
  if (validationShare !== null) findings.unshift(splitUnusedNote(name, validationShare));
  return datasetOf(name, { train: train.classes, val: val.classes }, { findings, intended });
}

function divided(name: string, root: string, { classes, findings }: ClassScan, split: OwnSplit): Dataset {
  const division = divideClasses(classes, split, root);
  const note = ownSplitNote(name, split, division);
  return {
    ...datasetOf(nameWithSplit(name, split), division, {
      findings: [note, ...findings],
      intended: { train: true, val: true },
    }),
    ownSplit: split,
  };
}

function datasetOf(
  name: string,
  { train, val }: Division,
  { findings, intended }: { findings: Finding[]; intended: Record<Split, boolean> },
): Dataset {
  const classes = [...new Set([...train, ...val].map((one) => one.name))].sort(compareNames);
  const labels = new Map(classes.map((one, label) => [one, label]));
  const samples = { train: samplesOf(train, labels), val: samplesOf(val, labels) };
  return {
    name,
    classes,
    ...samples,
    structure: [...findings, ...structuralFindings(classes, samples, intended)],
  };
}

async function scanSplit(root: string, given: string, split: Split): Promise<ClassScan> {
  const folder = await innermost(join(root, split), split);
  if (!existsSync(folder)) return { classes: [], findings: [] };
  const { folders } = await visibleEntries(folder);
  const loose = await scanImages(folder, split, '');
  const scan = await scanClasses(folder, folders, split);
  // Empty folders, whoever left them there, make no classes of images that lie beside them.
  const hasClasses = scan.classes.some(({ images }) => images.length > 0);
  if (split === 'val' && !hasClasses && loose.images.length > 0) {
    return await scanFlatValidation(root, given, loose.images);
  }
  return { classes: scan.classes, findings: [...unlabelledFindings(loose.images, split), ...scan.findings] };
}

/** The folder of a split, or the only one in it if that is the same again: `train/train`, or Tiny ImageNet's `val/images`. */
async function innermost(folder: string, split: Split): Promise<string> {
  if (!existsSync(folder)) return folder;
  const { folders } = await visibleEntries(folder);
  const [inner] = folders;
  if (folders.length !== 1 || inner === undefined) return folder;
  if (inner !== split && !(split === 'val' && inner === 'images')) return folder;
  return (await scanImages(folder, split, '')).images.length > 0 ? folder : join(folder, inner);
}

async function scanFlatValidation(root: string, given: string, images: ImageFile[]): Promise<ClassScan> {
  const classOf = await readValidationClasses(root, given);
  const byClass = new Map<string, ImageFile[]>();
  const findings: Finding[] = [];
  for (const image of images) {
    const name = classOf(image.file);
    if (name === undefined) {
      const fact = "Not in the file of the validation images' classes; not used.";
      findings.push({ code: 'unlabelled', severity: 'note', split: 'val', subject: image.file, fact });
      continue;
    }
    const members = byClass.get(name);
    if (members === undefined) byClass.set(name, [image]);
    else members.push(image);
  }
  return { classes: [...byClass].map(([name, members]) => ({ name, images: members })), findings };
}

function samplesOf(scanned: readonly ClassImages[], labels: ReadonlyMap<string, number>): Sample[] {
  const classes = [...scanned].sort((a, b) => compareNames(a.name, b.name));
  return classes.flatMap(({ name, images }) =>
    images.map(({ file, path, bytes, times }): Sample => ({
      name: `${name}/${file}`,
      label: labels.get(name) ?? 0,
      source: { kind: 'file', path, bytes },
      ...defined({ times }),
    })),
  );
}
