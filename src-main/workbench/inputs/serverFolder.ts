import { existsSync, statSync } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { inParallel } from '../../data/inParallel.ts';
import { compareNames, isImageName } from '../../data/scanFolder.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { expanded } from '../../foundation/home.ts';
import { systemProblem } from '../../foundation/systemErrors.ts';
import { uploadEndings } from '../../vocabulary/uploads.ts';
import { mostEntries, type FolderEntry, type FolderListing, type PathKind } from '../contract/serverFiles.ts';

/** How many folders are opened to see what they hold, and how many names are read of each. */
const mostFoldersOpened = 100;
const mostNamesRead = 50;

interface Asked {
  path: string;
  what: PathKind;
  hidden: boolean;
}

/**
 * What a person may choose from in a folder. The folder is read once, without waiting for any file but links; only what is
 * shown is looked into.
 *
 * @throws WorkbenchError `folder-not-found`, `path-unusable`
 */
export async function serverFolder({ path, what, hidden }: Asked): Promise<FolderListing> {
  const { folder, beginning } = placeOf(path);
  const isShown = (name: string) =>
    name.toLowerCase().startsWith(beginning.toLowerCase()) &&
    (hidden || beginning.startsWith('.') || !name.startsWith('.'));
  const found = await entriesOf(folder, isShown, (name) => isOffered(name, what));
  found.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || compareNames(a.name, b.name));
  const shown = found.slice(0, mostEntries);
  const entries = await inParallel([...shown.entries()], 8, async ([index, { name, isFolder }]) => {
    const whole = join(folder, name);
    const looksInto = isFolder && what === 'folder' && index < mostFoldersOpened;
    const dataset = looksInto ? await datasetIn(whole) : null;
    return { name, path: whole, isFolder, dataset } satisfies FolderEntry;
  });
  const above = dirname(folder);
  return {
    folder,
    above: above === folder ? null : above,
    dataset: what === 'folder' ? await datasetIn(folder) : null,
    entries,
    total: found.length,
  };
}

/** The folder that a path as it is typed is in, and how the names in it begin that are meant. */
function placeOf(path: string): { folder: string; beginning: string } {
  const trimmed = path.trim();
  const whole = resolve(expanded(trimmed === '' ? '~' : trimmed));
  if (isFolder(whole)) return { folder: whole, beginning: '' };
  const folder = dirname(whole);
  if (isFolder(folder)) return { folder, beginning: existsSync(whole) ? '' : basename(whole) };
  throw new WorkbenchError(
    'folder-not-found',
    `There is no folder ${folder} on the machine of the workbench.`,
    'Check the path: it is one of that machine, not of the browser’s.',
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

interface Found {
  name: string;
  isFolder: boolean;
}

/** @throws WorkbenchError `path-unusable` where the folder may not be read */
async function entriesOf(
  folder: string,
  isShown: (name: string) => boolean,
  isFileShown: (name: string) => boolean,
): Promise<Found[]> {
  const found: Found[] = [];
  const links: string[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 1024 })) {
      if (!isShown(entry.name)) continue;
      if (entry.isDirectory()) found.push({ name: entry.name, isFolder: true });
      else if (entry.isSymbolicLink()) links.push(entry.name);
      else if (entry.isFile() && isFileShown(entry.name)) found.push({ name: entry.name, isFolder: false });
    }
  } catch (error) {
    const problem = systemProblem(error, folder);
    throw problem ? new WorkbenchError(problem.code, problem.message, problem.nextStep) : error;
  }
  const followed = await inParallel(links, 16, async (name): Promise<Found[]> => {
    const facts = await stat(join(folder, name)).catch(() => null);
    if (facts?.isDirectory() === true) return [{ name, isFolder: true }];
    return facts?.isFile() === true && isFileShown(name) ? [{ name, isFolder: false }] : [];
  });
  return [...found, ...followed.flat()];
}

function isOffered(name: string, what: PathKind): boolean {
  if (what === 'folder') return false;
  if (what === 'image') return isImageName(name);
  return uploadEndings[what].includes(extname(name).toLowerCase());
}

/** What of a dataset a folder looks like; null for none. Nothing is counted: the first names in it have to do. */
async function datasetIn(folder: string): Promise<string | null> {
  const [train, val] = ['train', 'val'].map((name) => isFolder(join(folder, name)));
  if (train === true && val === true) return 'train and val';
  if (train === true) return 'train, without val';
  if (val === true) return 'val, without train';
  let classes = 0;
  for (const name of await firstFolders(folder)) {
    if (await holdsImages(join(folder, name))) classes++;
    if (classes === 2) return 'folders of classes';
  }
  return null;
}

async function firstFolders(folder: string): Promise<string[]> {
  const names = await firstNames(folder, (entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return names.slice(0, 4);
}

async function holdsImages(folder: string): Promise<boolean> {
  return (await firstNames(folder, (entry) => isImageName(entry.name))).length > 0;
}

async function firstNames(
  folder: string,
  isOne: (entry: { name: string; isDirectory: () => boolean }) => boolean,
): Promise<string[]> {
  const names: string[] = [];
  let seen = 0;
  try {
    for await (const entry of await opendir(folder)) {
      if (isOne(entry)) names.push(entry.name);
      if (++seen >= mostNamesRead) break;
    }
  } catch {
    // One that may not be read looks like nothing.
  }
  return names;
}
