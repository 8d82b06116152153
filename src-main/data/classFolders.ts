import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { scanClassFolder } from './classFolder.ts';
import type { Finding } from './findings.ts';
import { inParallel } from './inParallel.ts';
import type { ClassImages } from './ownSplit.ts';
import { scanImages, visibleEntries } from './scanFolder.ts';

/** The images of a split, or of a whole folder, by class, before labels are assigned. */
export interface ClassScan {
  classes: ClassImages[];
  findings: Finding[];
}

/** Names that people give to parts of a set of images, and not to what is seen on them. */
const splitNames = new Set('train training val valid validation test testing'.split(' '));

/**
 * The classes of a folder of CLASS/IMAGE that has neither train/ nor val/.
 *
 * @throws WorkbenchError `dataset-layout` if its folders are no classes, or it is itself the half of a dataset
 */
export async function scanUndivided(root: string): Promise<ClassScan> {
  refuseHalf(root);
  const { folders } = await visibleEntries(root);
  const parts = folders.filter((name) => splitNames.has(name.toLowerCase()));
  if (parts.length > 0) {
    throw layoutError(
      `${root} has neither train/ nor val/, but ${listed(parts)}, which is no name of a class.`,
      'Call the folder of the training images train and that of the validation images val.',
    );
  }
  const scan = await scanClasses(root, folders, null);
  if (scan.classes.filter(({ images }) => images.length > 0).length < 2) {
    throw layoutError(
      `${root} has neither train/ nor val/, nor images in folders of classes${folders.length > 0 ? `, only ${listed(folders)}` : ''}.`,
      'Lay the images out as train/CLASS/IMAGE and val/CLASS/IMAGE, or as CLASS/IMAGE, to have them divided.',
    );
  }
  const { images } = await scanImages(root, null, '');
  return { classes: scan.classes, findings: [...unlabelledFindings(images, null), ...scan.findings] };
}

/** Each of a folder's folders as a class. Names are in Unicode's composed form (NFC). */
export async function scanClasses(
  folder: string,
  names: readonly string[],
  split: Finding['split'],
): Promise<ClassScan> {
  const scans = await inParallel(names, 4, async (name) => ({
    name: name.normalize('NFC'),
    ...(await scanClassFolder(join(folder, name), split, name)),
  }));
  return {
    classes: scans.map(({ name, images }) => ({ name, images })),
    findings: scans.flatMap(({ findings }) => findings),
  };
}

/** Findings about images that lie beside the folders of classes. */
export function unlabelledFindings(images: readonly { file: string }[], split: Finding['split']): Finding[] {
  const fact = 'An image beside the class folders; it has no class and is not used.';
  return images.map(({ file }) => ({ code: 'unlabelled', severity: 'note', split, subject: file, fact }));
}

/** Who chooses train/ of a dataset that has val/ means the dataset: its images must not be divided a second time. */
function refuseHalf(root: string): void {
  const above = dirname(root);
  const isHalf = ['train', 'val'].includes(basename(root));
  if (!isHalf || !existsSync(join(above, 'train')) || !existsSync(join(above, 'val'))) return;
  throw layoutError(`${root} is one half of a dataset: the folder above has train and val.`, `Use ${above}.`);
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
}

function layoutError(fact: string, nextStep: string): WorkbenchError {
  return new WorkbenchError('dataset-layout', fact, nextStep);
}
