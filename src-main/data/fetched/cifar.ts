import { ppmFile } from '../pnm.ts';
import type { RgbImage } from '../RgbImage.ts';
import { archiveError } from './archiveError.ts';
import { entriesOf } from './entries.ts';
import { contentOf, type Entry } from './entry.ts';
import type { PlacedFile } from './PlacedFile.ts';

/*
 * The binary version of CIFAR: records of the label, or of a coarse and a fine one, and 3 × 32 × 32 bytes, red, green and
 * blue one after the other. https://www.cs.toronto.edu/~kriz/cifar.html
 */

const side = 32;
const plane = side * side;

interface Version {
  /** Bytes before the pixels; the last of them is the label. */
  labels: 1 | 2;
  classes: number;
  classNames: string;
  /** Of which split a file is, and the number of its first record. */
  partOf: (name: string) => { split: 'train' | 'val'; first: number } | null;
}

const versions: Record<'cifar-10' | 'cifar-100', Version> = {
  'cifar-10': {
    labels: 1,
    classes: 10,
    classNames: 'cifar-10-batches-bin/batches.meta.txt',
    partOf: (name) => {
      const [, batch] = /^cifar-10-batches-bin\/(data_batch_[1-5]|test_batch)\.bin$/.exec(name) ?? [];
      if (batch === undefined) return null;
      if (batch === 'test_batch') return { split: 'val', first: 0 };
      return { split: 'train', first: 10_000 * (Number(batch.at(-1)) - 1) };
    },
  },
  'cifar-100': {
    labels: 2,
    classes: 100,
    classNames: 'cifar-100-binary/fine_label_names.txt',
    partOf: (name) => {
      const [, part] = /^cifar-100-binary\/(train|test)\.bin$/.exec(name) ?? [];
      return part === undefined ? null : { split: part === 'train' ? 'train' : 'val', first: 0 };
    },
  },
};

/**
 * Every image as a PPM file, `train/CLASS/00000.ppm`, numbered as its makers have it.
 *
 * @throws WorkbenchError `dataset-archive-broken`
 */
export async function* cifarImages(
  archive: string,
  which: 'cifar-10' | 'cifar-100',
): AsyncGenerator<PlacedFile> {
  const version = versions[which];
  const names = await classNamesIn(archive, version);
  for await (const entry of entriesOf(archive)) {
    const part = version.partOf(entry.name);
    if (part === null) continue;
    let number = part.first;
    for await (const record of records(archive, entry, version.labels + 3 * plane)) {
      const name = names[record[version.labels - 1] ?? 0];
      if (name === undefined)
        throw archiveError(archive, `a record of ${entry.name} has a label of no class`);
      const place = `${part.split}/${name}/${String(number).padStart(5, '0')}.ppm`;
      yield { place, content: ppmFile(pixelsOf(record.subarray(version.labels))) };
      number++;
    }
  }
}

async function classNamesIn(archive: string, { classNames, classes }: Version): Promise<string[]> {
  for await (const entry of entriesOf(archive)) {
    if (entry.name !== classNames || entry.bytes > 65_536) continue;
    const names = (await contentOf(entry))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    if (names.length === classes && names.every((name) => /^[a-z_]+$/.test(name))) return names;
  }
  throw archiveError(archive, `it does not name ${classes} classes`);
}

async function* records(archive: string, entry: Entry, bytes: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of entry.content) {
    rest = Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + bytes <= rest.length; at += bytes) yield rest.subarray(at, at + bytes);
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw archiveError(archive, `${entry.name} ends within a record`);
}

/** From three planes to pixels of three bytes. */
function pixelsOf(planes: Buffer): RgbImage {
  const data = new Uint8Array(3 * plane);
  for (let pixel = 0, at = 0; pixel < plane; pixel++) {
    data[at++] = planes[pixel] ?? 0;
    data[at++] = planes[plane + pixel] ?? 0;
    data[at++] = planes[2 * plane + pixel] ?? 0;
  }
  return { data, width: side, height: side };
}
