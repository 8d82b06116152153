import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { expanded } from '../foundation/home.ts';
import type { Dataset } from './dataset.ts';
import { openImageFolder } from './imageFolder.ts';
import { namedDataset, namedDatasets } from './namedDatasets.ts';
import { splitUnusedNote, usualSplit, type SplitChoice } from './ownSplit.ts';
import { scanImages, visibleEntries } from './scanFolder.ts';

/** The folders that may hold train/ and val/, in Kaggle's download and in the archive that it comes from. */
const nestedRoots = ['', 'ILSVRC/Data/CLS-LOC', 'Data/CLS-LOC', 'CLS-LOC'];

/** The location in a form valid from any working directory: the full path of a folder, a name unchanged. */
export function lastingLocation(location: string): string {
  const path = expanded(location);
  return namedDataset(location) !== undefined || !existsSync(path) ? location : resolve(path);
}

/**
 * Opens a dataset: a name (such as `fashion-mnist`), an image folder, or ILSVRC-2012 as downloaded.
 * The labels follow the sorted names of the classes (Fashion-MNIST keeps its own order). No image is decoded.
 *
 * @throws WorkbenchError `dataset-not-found`, `dataset-not-fetched`, `dataset-layout`, `class-too-small`, `validation-labels-missing`, `validation-labels-broken`
 */
export async function openDataset(location: string, choice: SplitChoice = usualSplit): Promise<Dataset> {
  const named = namedDataset(location);
  if (named !== undefined) return withUnusedSplit(await named.open(), choice);
  const given = resolve(expanded(location));
  if (!existsSync(given) || !statSync(given).isDirectory()) {
    throw new WorkbenchError(
      'dataset-not-found',
      `There is no dataset or folder called ${location}.`,
      `Give a folder with train/CLASS/IMAGE and val/CLASS/IMAGE, one of CLASS/IMAGE, or one of: ${namedDatasets.map(({ name }) => name).join(', ')}.`,
    );
  }
  const root = rootIn(given) ?? (await rootInside(given));
  return await openImageFolder(root ?? given, given, choice);
}

function withUnusedSplit(dataset: Dataset, { validationShare }: SplitChoice): Dataset {
  if (validationShare === null) return dataset;
  return { ...dataset, structure: [splitUnusedNote(dataset.name, validationShare), ...dataset.structure] };
}

/** The folder with train/ or val/; undefined if there is none where it may be. */
function rootIn(given: string): string | undefined {
  return nestedRoots
    .map((nested) => join(given, nested))
    .find((folder) => existsSync(join(folder, 'train')) || existsSync(join(folder, 'val')));
}

/** The same, or a folder of classes, of a folder in which an archive was unpacked into one of its own. */
async function rootInside(given: string): Promise<string | undefined> {
  const { folders } = await visibleEntries(given);
  const [only] = folders;
  if (folders.length !== 1 || only === undefined) return undefined;
  const inner = join(given, only);
  const { images } = await scanImages(inner, null, '');
  return rootIn(inner) ?? (images.length === 0 ? inner : undefined);
}
