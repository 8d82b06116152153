import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { expanded } from '../foundation/home.ts';
import type { Dataset } from './dataset.ts';
import { openFashionMnist, openFullFashionMnist, openSmallFashionMnist } from './fashionMnist.ts';
import { openImageFolder } from './imageFolder.ts';
import { openScenes } from './scenes/openScenes.ts';
import { visibleEntries } from './scanFolder.ts';

/** Datasets that are opened by name; any other location is a folder. */
const named = new Map<string, () => Promise<Dataset>>([
  ['fashion-mnist', () => openFashionMnist()],
  ['fashion-mnist-small', () => openSmallFashionMnist()],
  ['fashion-scenes', () => openScenes()],
  ['fashion-mnist-full', () => openFullFashionMnist()],
]);

/** The folders that may hold train/ and val/, in Kaggle's download and in the archive that it comes from. */
const nestedRoots = ['', 'ILSVRC/Data/CLS-LOC', 'Data/CLS-LOC', 'CLS-LOC'];

/** The location in a form valid from any working directory: the full path of a folder, a name unchanged. */
export function lastingLocation(location: string): string {
  const path = expanded(location);
  return named.has(location) || !existsSync(path) ? location : resolve(path);
}

/**
 * Opens a dataset: a name (such as `fashion-mnist`), an image folder, or ILSVRC-2012 as downloaded.
 * The labels follow the sorted names of the classes (Fashion-MNIST keeps its own order). No image is decoded.
 *
 * @throws WorkbenchError `dataset-not-found`, `dataset-layout`, `validation-labels-missing`, `validation-labels-broken`
 */
export async function openDataset(location: string): Promise<Dataset> {
  const open = named.get(location);
  if (open !== undefined) return await open();
  const given = resolve(expanded(location));
  if (!existsSync(given) || !statSync(given).isDirectory()) {
    throw new WorkbenchError(
      'dataset-not-found',
      `There is no dataset or folder called ${location}.`,
      `Give a folder with train/CLASS/IMAGE and val/CLASS/IMAGE, or one of: ${[...named.keys()].join(', ')}.`,
    );
  }
  const root = rootIn(given) ?? (await rootInside(given));
  return await openImageFolder(root ?? given, given);
}

/** The folder with train/ or val/; undefined if there is none where it may be. */
function rootIn(given: string): string | undefined {
  return nestedRoots
    .map((nested) => join(given, nested))
    .find((folder) => existsSync(join(folder, 'train')) || existsSync(join(folder, 'val')));
}

/** The same, of a folder in which an archive was unpacked into one of its own. */
async function rootInside(given: string): Promise<string | undefined> {
  const { folders } = await visibleEntries(given);
  const [only] = folders;
  return folders.length === 1 && only !== undefined ? rootIn(join(given, only)) : undefined;
}
