import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { Dataset } from '../data/dataset.ts';
import { writeFileAtomically } from '../foundation/files.ts';

/** What a file of posteriors begins with. */
const beginning = 'image,class,p0,';

/** Whether a file is there and was written by {@link writePosteriors}. */
export function holdsPosteriors(path: string): boolean {
  if (!existsSync(path) || !statSync(path).isFile()) return false;
  const begun = Buffer.alloc(beginning.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, begun);
  } finally {
    closeSync(file);
  }
  return begun.toString() === beginning;
}

/** Number of rows turned into text at once. */
const chunk = 1000;

/** Writes `image,class,p0,p1,…`, a line per validation image; the image as `CLASS/FILE`, the class its label's name. */
export function writePosteriors(
  path: string,
  dataset: Dataset,
  classes: number,
  posteriors: Float32Array,
): void {
  const columns = Array.from({ length: classes }, (_, index) => `p${index}`);
  writeFileAtomically(path, (write) => {
    write(Buffer.from(stringify([['image', 'class', ...columns]])));
    for (let begin = 0; begin < dataset.val.length; begin += chunk) {
      const rows = dataset.val.slice(begin, begin + chunk).map(({ name, label }, offset) => {
        const row = (begin + offset) * classes;
        return [name, dataset.classes[label], ...posteriors.subarray(row, row + classes)];
      });
      write(Buffer.from(stringify(rows)));
    }
  });
}
