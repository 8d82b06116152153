import type { NamedDatasetFacts } from '../../vocabulary/namedDatasets.ts';

/** How the archive of a set becomes an image folder. */
export type ArchiveLayout = 'imagenette' | 'cifar-10' | 'cifar-100' | 'eurosat' | 'tiny-imagenet';

/** A dataset that can be fetched by its name: its makers' archive, and what must be in it. */
export interface FetchableSet extends NamedDatasetFacts {
  /** Of its makers, or where they let it be kept; tried in this order. */
  addresses: readonly string[];
  /** The archive's name and size. */
  file: string;
  bytes: number;
  checksum: Checksum;
  /** Of the files that are taken from it, at most. */
  unpackedBytes: number;
  layout: ArchiveLayout;
  homepage: string;
}

export interface Checksum {
  algorithm: 'sha256' | 'md5';
  value: string;
}

const imagenetTerms = "photographs under ImageNet's terms, for research that is not commercial";

/*
 * Addresses, sizes and checksums are those of other projects' loaders: of TensorFlow Datasets 4.9.10 (Imagenette, CIFAR,
 * EuroSAT), torchvision 0.20.1 (EuroSAT's first address; in 0.15.2 the second had the same MD5) and Avalanche 0.6.0 (Tiny
 * ImageNet).
 */
export const fetchableSets: readonly FetchableSet[] = [
  {
    name: 'imagenette-160',
    title: "ten easy classes of ImageNet, photographs of 160 pixels' smallest side",
    images: { train: 9_469, val: 3_925 },
    classes: 10,
    addresses: ['https://s3.amazonaws.com/fast-ai-imageclas/imagenette2-160.tgz'],
    file: 'imagenette2-160.tgz',
    bytes: 99_003_388,
    checksum: sha256('64d0c4859f35a461889e0147755a999a48b49bf38a7e0f9bd27003f10db02fe5'),
    unpackedBytes: 200_000_000,
    layout: 'imagenette',
    licence: `Apache 2.0; ${imagenetTerms}`,
    homepage: 'https://github.com/fastai/imagenette',
  },
  {
    name: 'imagenette-320',
    title: "ten easy classes of ImageNet, photographs of 320 pixels' smallest side",
    images: { train: 9_469, val: 3_925 },
    classes: 10,
    addresses: ['https://s3.amazonaws.com/fast-ai-imageclas/imagenette2-320.tgz'],
    file: 'imagenette2-320.tgz',
    bytes: 341_663_724,
    checksum: sha256('569b4497c98db6dd29f335d1f109cf315fe127053cedf69010d047f0188e158c'),
    unpackedBytes: 600_000_000,
    layout: 'imagenette',
    licence: `Apache 2.0; ${imagenetTerms}`,
    homepage: 'https://github.com/fastai/imagenette',
  },
  {
    name: 'cifar-10',
    title: 'ten classes of things and animals, colour, 32×32',
    images: { train: 50_000, val: 10_000 },
    classes: 10,
    addresses: ['https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz'],
    file: 'cifar-10-binary.tar.gz',
    bytes: 170_052_171,
    checksum: sha256('c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd'),
    unpackedBytes: 190_000_000,
    layout: 'cifar-10',
    licence: 'none stated; its makers ask to be cited',
    homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  },
  {
    name: 'cifar-100',
    title: 'a hundred classes of things and animals, colour, 32×32',
    images: { train: 50_000, val: 10_000 },
    classes: 100,
    addresses: ['https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz'],
    file: 'cifar-100-binary.tar.gz',
    bytes: 168_513_733,
    checksum: sha256('58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec'),
    unpackedBytes: 190_000_000,
    layout: 'cifar-100',
    licence: 'none stated; its makers ask to be cited',
    homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  },
  {
    name: 'eurosat',
    title: 'ten kinds of land seen from a satellite, RGB, 64×64; every fifth image is for validation',
    images: { train: 21_600, val: 5_400 },
    classes: 10,
    addresses: [
      'https://huggingface.co/datasets/torchgeo/eurosat/resolve/c877bcd43f099cd0196738f714544e355477f3fd/EuroSAT.zip',
      'https://madm.dfki.de/files/sentinel/EuroSAT.zip',
    ],
    file: 'EuroSAT.zip',
    bytes: 94_280_567,
    checksum: sha256('8ebea626349354c5328b142b96d0430e647051f26efc2dc974c843f25ecf70bd'),
    unpackedBytes: 200_000_000,
    layout: 'eurosat',
    licence: 'MIT',
    homepage: 'https://github.com/phelber/EuroSAT',
  },
  {
    name: 'tiny-imagenet',
    title: 'two hundred classes of ImageNet, 64×64',
    images: { train: 100_000, val: 10_000 },
    classes: 200,
    addresses: ['http://cs231n.stanford.edu/tiny-imagenet-200.zip'],
    file: 'tiny-imagenet-200.zip',
    bytes: 248_100_043,
    checksum: { algorithm: 'md5', value: '90528d7ca1a48142e341f4ef8d21d0de' },
    unpackedBytes: 500_000_000,
    layout: 'tiny-imagenet',
    licence: `none stated; ${imagenetTerms}`,
    homepage: 'http://cs231n.stanford.edu/',
  },
];

function sha256(value: string): Checksum {
  return { algorithm: 'sha256', value };
}
