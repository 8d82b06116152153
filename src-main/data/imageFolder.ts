import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defined } from '../foundation/defined.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { Dataset, Sample } from './dataset.ts';
import type { Finding, Split } from './findings.ts';
import { inParallel } from './inParallel.ts';
import { scanClassFolder } from './classFolder.ts';
import { compareNames, scanImages, visibleEntries, type ImageFile } from './scanFolder.ts';
import { structuralFindings } from './structure.ts';
import { readValidationClasses } from './validationClasses.ts';

/** The images of a split by class, before labels are assigned. */
interface SplitScan {
  classes: { name: string; images: ImageFile[] }[];
  findings: Finding[];
}

/**
 * Opens `train/CLASS/IMAGE` and `val/CLASS/IMAGE`, or ILSVRC's flat `val/IMAGE` with the file that names each image's
 * class. Either split may be absent. Names of classes are in Unicode's composed form (NFC), whichever form a disk
 * keeps: the same name from another system is the same class. No image is opened.
 *
 * @throws WorkbenchError `dataset-layout`, `validation-labels-missing`
 */
export async function openImageFolder(root: string, given: string): Promise<Dataset> {
  if (!existsSync(join(root, 'train')) && !existsSync(join(root, 'val'))) {
    const { folders } = await visibleEntries(root);
    throw new WorkbenchError(
      'dataset-layout',
      `${root} has neither train/ nor val/` +
        (folders.length > 0
          ? `, only ${folders.slice(0, 3).join(', ')}${folders.length > 3 ? ', …' : ''}.`
          : '.'),
      'Lay the images out as train/CLASS/IMAGE and val/CLASS/IMAGE.',
    );
  }
  const train = await scanSplit(root, given, 'train');
  const val = await scanSplit(root, given, 'val');
  const classes = [...new Set([...train.classes, ...val.classes].map(({ name }) => name))].sort(compareNames);
  const labels = new Map(classes.map((name, label) => [name, label]));
  const samples = { train: samplesOf(train, labels), val: samplesOf(val, labels) };
  const intended = { train: existsSync(join(root, 'train')), val: true };
  return {
    name: basename(given),
    classes,
    ...samples,
    structure: [...train.findings, ...val.findings, ...structuralFindings(classes, samples, intended)],
  };
}

async function scanSplit(root: string, given: string, split: Split): Promise<SplitScan> {
  const folder = await innermost(join(root, split), split);
  if (!existsSync(folder)) return { classes: [], findings: [] };
  const { folders } = await visibleEntries(folder);
  const loose = await scanImages(folder, split, '');
  const scans = await inParallel(folders, 4, async (name) => ({
    name: name.normalize('NFC'),
    ...(await scanClassFolder(join(folder, name), split, name)),
  }));
  // Empty folders, whoever left them there, make no classes of images that lie beside them.
  const hasClasses = scans.some(({ images }) => images.length > 0);
  if (split === 'val' && !hasClasses && loose.images.length > 0) {
    return await scanFlatValidation(root, given, loose.images);
  }
  return {
    classes: scans,
    findings: [
      ...loose.images.map(({ file }): Finding => ({
        code: 'unlabelled',
        severity: 'note',
        split,
        subject: file,
        fact: 'An image beside the class folders; it has no class and is not used.',
      })),
      ...scans.flatMap(({ findings }) => findings),
    ],
  };
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

async function scanFlatValidation(root: string, given: string, images: ImageFile[]): Promise<SplitScan> {
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

function samplesOf(scan: SplitScan, labels: ReadonlyMap<string, number>): Sample[] {
  const classes = [...scan.classes].sort((a, b) => compareNames(a.name, b.name));
  return classes.flatMap(({ name, images }) =>
    images.map(({ file, path, bytes, times }): Sample => ({
      name: `${name}/${file}`,
      label: labels.get(name) ?? 0,
      source: { kind: 'file', path, bytes },
      ...defined({ times }),
    })),
  );
}
