import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defined } from '../foundation/defined.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { Dataset, Sample } from './dataset.ts';
import type { Finding, Split } from './findings.ts';
import { inParallel } from './inParallel.ts';
import { compareNames, scanImages, visibleEntries, type ImageFile } from './scanFolder.ts';
import { structuralFindings } from './structure.ts';
import { readValidationClasses } from './validationClasses.ts';

/** The images of a split by class, before labels are assigned. */
interface SplitScan {
  classes: { name: string; images: ImageFile[] }[];
  findings: Finding[];
}

/**
 * Opens `train/CLASS/IMAGE` and `val/CLASS/IMAGE`, or ILSVRC-2012's flat `val/IMAGE` with the file that names
 * each image's class. Either split may be absent. No image is opened.
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
  return {
    name: basename(given),
    classes,
    ...samples,
    structure: [...train.findings, ...val.findings, ...structuralFindings(classes, samples)],
  };
}

async function scanSplit(root: string, given: string, split: Split): Promise<SplitScan> {
  const folder = join(root, split);
  if (!existsSync(folder)) return { classes: [], findings: [] };
  const { folders } = await visibleEntries(folder);
  const loose = await scanImages(folder, split, '');
  if (split === 'val' && folders.length === 0 && loose.images.length > 0) {
    return await scanFlatValidation(root, given, loose.images);
  }
  const scans = await inParallel(folders, 4, async (name) => ({
    name,
    ...(await scanImages(join(folder, name), split, `${name}/`)),
  }));
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
