import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { readDevkitSynsets } from './devkitSynsets.ts';

const solutionFile = 'LOC_val_solution.csv';
const groundTruthFile = 'ILSVRC2012_validation_ground_truth.txt';
const mappingFiles = ['meta.mat', 'map_clsloc.txt', 'synsets.txt'];

/**
 * The class (WordNet id) of each image of ILSVRC-2012's flat validation folder, from Kaggle's
 * `LOC_val_solution.csv` or the devkit's ground truth with its `meta.mat` (or a text file in its place).
 * These files are searched for beside the dataset, in the folders above it, and in an unpacked devkit there.
 *
 * @throws WorkbenchError `validation-labels-missing`, `validation-labels-broken`
 */
export async function readValidationClasses(
  root: string,
  given: string,
): Promise<(file: string) => string | undefined> {
  const folders = placesToLook(root, given);
  const solution = find(folders, solutionFile);
  if (solution !== undefined) {
    const classes = parseSolution(await readFile(solution, 'utf8'));
    return (file) => classes.get(parse(file).name);
  }
  const truth = find(folders, groundTruthFile);
  if (truth === undefined) {
    throw new WorkbenchError(
      'validation-labels-missing',
      `The images in ${join(root, 'val')} lie in no class folders, and no file names their classes.`,
      `Put the devkit's ${groundTruthFile} and meta.mat, or Kaggle's ${solutionFile}, into ${given}.`,
    );
  }
  const mapping = mappingFiles.map((name) => find(folders, name)).find((path) => path !== undefined);
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
      'Take both files from the same development kit of ILSVRC-2012.',
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

function placesToLook(root: string, given: string): string[] {
  const above = [dirname(root), dirname(dirname(root)), dirname(dirname(dirname(root)))];
  const places = [...new Set([given, root, join(root, 'val'), ...above])];
  const devkits = ['data', 'devkit/data', 'ILSVRC2012_devkit_t12/data'];
  return places.flatMap((place) => [place, ...devkits.map((devkit) => join(place, devkit))]);
}

function find(folders: readonly string[], name: string): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
