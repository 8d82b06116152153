import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, parse } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { readDevkitSynsets } from './devkitSynsets.ts';

const solutionFile = 'LOC_val_solution.csv';
/** Tiny ImageNet's: lines of a file, its class and a box, with tabs between. */
const annotationsFile = 'val_annotations.txt';
/** Kits of 2012 to 2017; those of later years say `clsloc`, for they have other tasks as well. */
const groundTruthFile = /^ILSVRC20\d\d_(clsloc_)?validation_ground_truth\.txt$/i;
const mappingFiles = [/^meta(_clsloc)?\.mat$/i, /^map_clsloc\.txt$/i, /^synsets\.txt$/i];

/**
 * The class (WordNet id) of each image of ILSVRC's flat validation folder, from Kaggle's `LOC_val_solution.csv`, Tiny
 * ImageNet's `val_annotations.txt`, or the devkit's ground truth with its `meta.mat` (or a text file in its place).
 * These files are searched for beside the dataset, in the folders above it, and in an unpacked devkit there.
 *
 * @throws WorkbenchError `validation-labels-missing`, `validation-labels-broken`
 */
export async function readValidationClasses(
  root: string,
  given: string,
): Promise<(file: string) => string | undefined> {
  const folders = placesToLook(root, given);
  const solution = firstOf(folders, [/^LOC_val_solution\.csv$/]);
  if (solution !== undefined) {
    const classes = parseSolution(await readFile(solution, 'utf8'));
    return (file) => classes.get(parse(file).name);
  }
  const annotations = join(root, 'val', annotationsFile);
  if (existsSync(annotations)) {
    const classes = parseAnnotations(await readFile(annotations, 'utf8'));
    return (file) => classes.get(basename(file));
  }
  const truth = firstOf(folders, [groundTruthFile]);
  if (truth === undefined) {
    throw new WorkbenchError(
      'validation-labels-missing',
      `The images in ${join(root, 'val')} lie in no class folders, and no file names their classes.`,
      `Put the devkit's ILSVRC2012_validation_ground_truth.txt and meta.mat, or Kaggle's ${solutionFile}, into ${given}.`,
    );
  }
  // The same kit's, if it has one: another may number its classes otherwise.
  const beside = folders.filter(({ path }) => path === dirname(truth));
  const mapping = firstOf(beside, mappingFiles) ?? firstOf(folders, mappingFiles);
  if (mapping === undefined) {
    throw new WorkbenchError(
      'validation-labels-missing',
      `${truth} numbers the classes 1 to 1000, but nothing says which class a number means.`,
      `Put the devkit's meta.mat (or map_clsloc.txt, lines of "n02119789 1 kit_fox") beside it.`,
    );
  }
  const synsets = await readDevkitSynsets(mapping);
  const ids = (await readFile(truth, 'utf8'))
    .split(/\s+/)
    .filter((line) => line !== '')
    .map(Number);
  const unknown = ids.find((id) => !synsets.has(id));
  if (unknown !== undefined) {
    throw new WorkbenchError(
      'validation-labels-broken',
      `${truth} holds the class number ${unknown}, which ${mapping} does not know.`,
      'Take both files from the same development kit of ILSVRC.',
    );
  }
  return (file) => {
    const position = /(\d+)$/.exec(parse(file).name)?.[1];
    const id = position === undefined ? undefined : ids[Number(position) - 1];
    return id === undefined ? undefined : synsets.get(id);
  };
}

/** `ILSVRC2012_val_00048981,n03995372 85 1 499 272 …`: the first word of the prediction is the class. */
function parseSolution(text: string): Map<string, string> {
  const classes = new Map<string, string>();
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [image, prediction] = line.split(',');
    const name = prediction?.trim().split(' ')[0];
    if (image !== undefined && name !== undefined && name !== '') classes.set(image, name);
  }
  return classes;
}

/** `val_0.JPEG<tab>n03444034<tab>0<tab>32<tab>44<tab>62` */
function parseAnnotations(text: string): Map<string, string> {
  const rows = text.split(/\r?\n/).map((line) => line.split('\t'));
  return new Map(
    rows.flatMap(([file = '', name = '']) => (name === '' ? [] : [[file, name.trim()] as const])),
  );
}

interface Listed {
  path: string;
  names: string[];
}

function placesToLook(root: string, given: string): Listed[] {
  const above = [dirname(root), dirname(dirname(root)), dirname(dirname(dirname(root)))];
  const places = [...new Set([given, root, join(root, 'val'), ...above])];
  return places.flatMap((path) => {
    const place = listed(path);
    const kits = place.names.filter((name) => /devkit/i.test(name)).map((kit) => join(path, kit, 'data'));
    return [place, ...[join(path, 'data'), join(path, 'ILSVRC', 'devkit', 'data'), ...kits].map(listed)];
  });
}

/** The names in a folder, sorted; none for what is no folder, or none that may be read. */
function listed(path: string): Listed {
  try {
    return { path, names: readdirSync(path).sort() };
  } catch {
    return { path, names: [] };
  }
}

/** The file of the first name that is in any of the folders. */
function firstOf(folders: readonly Listed[], patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    for (const { path, names } of folders) {
      const found = names.find((name) => pattern.test(name));
      if (found !== undefined) return join(path, found);
    }
  }
  return undefined;
}
