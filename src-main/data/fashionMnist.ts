import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { resourcesFolder } from '../foundation/project.ts';
import type { Dataset, Sample } from './dataset.ts';
import type { Finding } from './findings.ts';
import { readIdxFile } from './idxFile.ts';

/** The subset that ships: 1,000 training and 200 validation images of each class. */
const embeddedFolder = join(resourcesFolder, 'datasets', 'fashion-mnist');
/** Where Debian's package `dataset-fashion-mnist` puts the 60,000 and 10,000 images. */
export const fullFolder = '/usr/share/datasets/fashion-mnist';

/** Of its images, in pixels. */
const side = 28;

/** As the names of its files begin. */
type Part = 'train' | 't10k';

/** In the order of Fashion-MNIST's own labels, without the slash of T-shirt/top. */
const classes = [
  'T-shirt-top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle-boot',
];

/** Fashion-MNIST, 28×28 grey: always the same embedded subset, so that its numbers can be compared. */
export async function openFashionMnist(full: string = fullFolder): Promise<Dataset> {
  const available: Finding[] = existsSync(full)
    ? [
        {
          code: 'full-set-available',
          severity: 'note',
          split: null,
          subject: 'fashion-mnist',
          fact: `This is the embedded subset. The full set lies in ${full}: choose it with the name fashion-mnist-full.`,
        },
      ]
    : [];
  return await read('fashion-mnist', embeddedFolder, available);
}

/** The embedded subset of version 0.2, image for image: the first 300 and 100 of each class. */
export async function openSmallFashionMnist(): Promise<Dataset> {
  const { train, val, ...rest } = await read('fashion-mnist-small', embeddedFolder, []);
  return { ...rest, train: firstOfEachClass(train, 300, 'train'), val: firstOfEachClass(val, 100, 't10k') };
}

/** The full set of Fashion-MNIST; its test set serves as validation set. @throws WorkbenchError `dataset-not-found` */
export async function openFullFashionMnist(folder: string = fullFolder): Promise<Dataset> {
  if (!existsSync(folder)) {
    throw new WorkbenchError(
      'dataset-not-found',
      `The full Fashion-MNIST is not on this machine: ${folder} does not exist.`,
      'Install it with "apt-get install dataset-fashion-mnist", or use the embedded subset, fashion-mnist.',
    );
  }
  return await read('fashion-mnist-full', folder, []);
}

/** In their order, named by their places in what is left. */
function firstOfEachClass(samples: readonly Sample[], most: number, part: Part): Sample[] {
  const seen = new Array<number>(classes.length).fill(0);
  return samples
    .filter(({ label }) => {
      const before = seen[label] ?? 0;
      seen[label] = before + 1;
      return before < most;
    })
    .map((sample, index) => ({ ...sample, name: nameOf(sample.label, part, index) }));
}

function nameOf(label: number, part: Part, index: number): string {
  return `${classes[label] ?? label}/${part}-${String(index).padStart(5, '0')}`;
}

async function read(name: string, folder: string, structure: Finding[]): Promise<Dataset> {
  const { train, val } = folder === embeddedFolder ? await embedded() : await parts(folder);
  return { name, classes, train: [...train], val: [...val], structure };
}

interface Parts {
  train: readonly Readonly<Sample>[];
  val: readonly Readonly<Sample>[];
}

async function parts(folder: string): Promise<Parts> {
  return { train: await samples(folder, 'train'), val: await samples(folder, 't10k') };
}

let known: WeakRef<Parts> | undefined;
/** Whoever has a dataset, and so its samples, keeps all of it. */
const keptBy = new WeakMap<Readonly<Sample>, Parts>();

/** The subset belongs to the program and stays as it is: it is unpacked once, as long as somebody has it. */
async function embedded(): Promise<Parts> {
  const held = known?.deref();
  if (held) return held;
  const made = await parts(embeddedFolder);
  known = new WeakRef(made);
  for (const sample of [made.train[0], made.val[0]]) if (sample) keptBy.set(sample, made);
  return made;
}

/** @throws WorkbenchError `dataset-broken` if the two files do not belong together */
async function samples(folder: string, part: Part): Promise<Sample[]> {
  const imagesPath = join(folder, `${part}-images-idx3-ubyte.gz`);
  const labelsPath = join(folder, `${part}-labels-idx1-ubyte.gz`);
  const images = await readIdxFile(imagesPath);
  const labels = await readIdxFile(labelsPath);
  const [count = 0, height = 0, width = 0] = images.dimensions;
  if (images.dimensions.length !== 3 || height !== side || width !== side) {
    throw broken(`${imagesPath} holds ${images.dimensions.join('×')} values, not images of ${side}×${side}.`);
  }
  if (labels.dimensions.length !== 1 || labels.data.length !== count) {
    throw broken(
      `${labelsPath} holds ${labels.dimensions.join('×')} labels, and ${imagesPath} ${count} images.`,
    );
  }
  const strange = labels.data.find((label) => label >= classes.length);
  if (strange !== undefined) {
    throw broken(
      `${labelsPath} holds the label ${strange}; there are ${classes.length} classes, counted from 0.`,
    );
  }
  return Array.from(labels.data, (label, index) => ({
    name: nameOf(label, part, index),
    label,
    source: {
      kind: 'pixels',
      data: images.data.subarray(index * height * width, (index + 1) * height * width),
      width,
      height,
      channels: 1,
    },
  }));
}

function broken(fact: string): WorkbenchError {
  return new WorkbenchError(
    'dataset-broken',
    fact,
    'Install the workbench, or the package that the file belongs to, again.',
  );
}
