import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { readMatFile, type MatValue } from './matFile.ts';

const wordNetId = /^n\d{8}$/;
/** Kits of later years than the paper's number the same classes under their own year. */
const classNumber = /^ILSVRC20\d\d_ID$/;
/** Kits have less than a megabyte. */
const mostBytes = 2 ** 26;

/**
 * ILSVRC's class numbers and their WordNet ids, from the devkit's `meta.mat` or `meta_clsloc.mat`, from lines of
 * `WNID NUMBER NAME` (`map_clsloc.txt`), or from one WNID a line in the devkit's order.
 *
 * @throws WorkbenchError `validation-labels-broken`
 */
export async function readDevkitSynsets(path: string): Promise<Map<number, string>> {
  const content = (await stat(path)).size > mostBytes ? Buffer.alloc(0) : await readFile(path);
  const synsets =
    extname(path).toLowerCase() === '.mat' ? fromMeta(content) : fromText(content.toString('utf8'));
  if (synsets === undefined || synsets.size === 0) {
    throw new WorkbenchError(
      'validation-labels-broken',
      `${path} does not say which class each number of the ground truth means.`,
      "Use the development kit's own meta.mat.",
    );
  }
  return synsets;
}

function fromMeta(content: Uint8Array): Map<number, string> | undefined {
  const synsets = readMatFile(content)?.get('synsets');
  if (!Array.isArray(synsets)) return undefined;
  const pairs = synsets.flatMap((synset): [number, string][] => {
    const key = [...synset.keys()].find((field) => classNumber.test(field));
    const id = numberOf(synset.get(key ?? ''));
    const name = synset.get('WNID');
    return id !== undefined && typeof name === 'string' && wordNetId.test(name) ? [[id, name]] : [];
  });
  return new Map(pairs);
}

function numberOf(value: MatValue | undefined): number | undefined {
  return value instanceof Float64Array ? value[0] : undefined;
}

function fromText(text: string): Map<number, string> | undefined {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter(([name]) => name !== undefined && wordNetId.test(name));
  const names = rows.map(([name]) => name ?? '');
  if (rows.every(([, number]) => number !== undefined && /^\d+$/.test(number))) {
    return new Map(rows.map(([name, number]) => [Number(number), name ?? '']));
  }
  // The ground truth counts in the devkit's order. An alphabetical list, common among tools, gives wrong labels.
  const alphabetical = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  return alphabetical ? undefined : new Map(names.map((name, index) => [index + 1, name]));
}
