import { existsSync } from 'node:fs';
import { WorkbenchError } from '../foundation/errors.ts';
import type { DatasetState, NamedDatasetFacts } from '../vocabulary/namedDatasets.ts';
import type { Dataset } from './dataset.ts';
import { fullFolder, openFashionMnist, openFullFashionMnist, openSmallFashionMnist } from './fashionMnist.ts';
import { fetchableSets, type FetchableSet } from './fetched/catalogue.ts';
import { byHandText, fetchedFolder, isFetched } from './fetched/fetchSet.ts';
import { openImageFolder } from './imageFolder.ts';
import { hasScenes, openScenes } from './scenes/openScenes.ts';

/** A dataset that is opened by its name. */
export interface NamedDataset extends NamedDatasetFacts {
  state: () => DatasetState;
  /** How it is fetched; null for one that is not. */
  fetched: FetchableSet | null;
  open: () => Promise<Dataset>;
}

const fashionLicence = 'MIT';

export const namedDatasets: readonly NamedDataset[] = [
  {
    name: 'fashion-mnist',
    title: 'ten kinds of garments, grey, 28×28: the embedded subset of Fashion-MNIST',
    images: { train: 10_000, val: 2_000 },
    classes: 10,
    licence: fashionLicence,
    state: () => 'here',
    fetched: null,
    open: () => openFashionMnist(),
  },
  {
    name: 'fashion-mnist-small',
    title: 'the first of them: the embedded subset of version 0.2',
    images: { train: 3_000, val: 1_000 },
    classes: 10,
    licence: fashionLicence,
    state: () => 'here',
    fetched: null,
    open: openSmallFashionMnist,
  },
  {
    name: 'fashion-scenes',
    title: 'synthetic: its garments in colour, of many sizes, on textured grounds, 128×128',
    images: { train: 10_000, val: 2_000 },
    classes: 10,
    licence: fashionLicence,
    state: () => (hasScenes() ? 'here' : 'to-render'),
    fetched: null,
    open: openScenes,
  },
  {
    name: 'fashion-mnist-full',
    title: "all of Fashion-MNIST, of Debian's package dataset-fashion-mnist",
    images: { train: 60_000, val: 10_000 },
    classes: 10,
    licence: fashionLicence,
    state: () => (existsSync(fullFolder) ? 'here' : 'to-install'),
    fetched: null,
    open: () => openFullFashionMnist(),
  },
  ...fetchableSets.map(fetchable),
];

/** The dataset of a name; undefined for what is none, such as the path of a folder. */
export function namedDataset(name: string): NamedDataset | undefined {
  return namedDatasets.find((dataset) => dataset.name === name);
}

function fetchable(set: FetchableSet): NamedDataset {
  const { name, title, images, classes, licence } = set;
  return {
    name,
    title,
    images,
    classes,
    licence,
    state: () => (isFetched(name) ? 'here' : 'to-fetch'),
    fetched: set,
    open: () => openFetched(set),
  };
}

/** @throws WorkbenchError `dataset-not-fetched` */
async function openFetched(set: FetchableSet): Promise<Dataset> {
  const folder = fetchedFolder(set.name);
  if (isFetched(set.name)) return await openImageFolder(folder, folder);
  throw new WorkbenchError(
    'dataset-not-fetched',
    `The images of ${set.name} are not on this machine yet.`,
    `Fetch them with "npm run -s vgg -- data get ${set.name}", or in the settings of the window. ${byHandText(set)} (A folder of this name is meant by ./${set.name}.)`,
  );
}
