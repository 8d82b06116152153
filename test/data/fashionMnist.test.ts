import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src-main/data/dataset.ts';
import { openFashionMnist, openFullFashionMnist } from '../../src-main/data/fashionMnist.ts';
import { digestOf, fingerprintOf } from '../../src-main/data/fingerprint.ts';
import { readIdxFile } from '../../src-main/data/idxFile.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { temporaryFolder, writeFiles } from './imageFiles.ts';

const embedded = join(import.meta.dirname, '../../resources/datasets/fashion-mnist');

describe('the embedded Fashion-MNIST', () => {
  it('is balanced: 1,000 training and 200 validation images of each of ten classes', async () => {
    const dataset = await openDataset('fashion-mnist');
    const counts = (labels: number[]) =>
      dataset.classes.map((_, label) => labels.filter((l) => l === label).length);
    expect(counts(dataset.train.map(({ label }) => label))).toEqual(Array(10).fill(1000));
    expect(counts(dataset.val.map(({ label }) => label))).toEqual(Array(10).fill(200));
    // The first training image of Fashion-MNIST is an ankle boot, the first test image too.
    expect([dataset.train[0]?.name, dataset.val[0]?.name]).toEqual([
      'Ankle-boot/train-00000',
      'Ankle-boot/t10k-00000',
    ]);
    expect(dataset.train[0]?.source).toMatchObject({ kind: 'pixels', width: 28, height: 28, channels: 1 });
    expect(new Set(dataset.train.map(({ name }) => name)).size).toBe(10000);
  });

  it('has the licence of its makers beside it', () => {
    expect(readFileSync(join(embedded, 'LICENSE'), 'utf8')).toMatch(/MIT License[\s\S]*Zalando SE/);
  });

  it('says when the full set is on the machine, and stays the subset', async () => {
    const folder = temporaryFolder();
    const { train, structure } = await openFashionMnist(folder);
    expect(train).toHaveLength(10000);
    expect(structure).toMatchObject([{ code: 'full-set-available', severity: 'note' }]);
    expect((await openFashionMnist(join(folder, 'none'))).structure).toEqual([]);
  });
});

describe('the fingerprints of the embedded subsets', () => {
  const fingerprint = (dataset: Dataset) => {
    const known = (split: 'train' | 'val') =>
      dataset[split].map((sample) => ({
        ...sample,
        ...(sample.source.kind === 'pixels' && { digest: digestOf(sample.source.data) }),
      }));
    return fingerprintOf({ ...dataset, train: known('train'), val: known('val') });
  };

  it('are those of the files that were made from the original ones', async () => {
    const expected = '37571f9be50ba2b5727abacf83db9d762efb523b';
    expect(fingerprint(await openDataset('fashion-mnist'))).toBe(expected);
  });

  it('is of version 0.2 for the small one, so that its runs go on', async () => {
    // Of the 3,000 and 1,000 images that version 0.2 shipped, computed before they were replaced.
    const earlier = '0cb46bef547f2d4756f35034f256b9e496bc2366';
    expect(fingerprint(await openDataset('fashion-mnist-small'))).toBe(earlier);
  });
});

describe('the full Fashion-MNIST', () => {
  it('is read from the folder of its package', async () => {
    expect((await openFullFashionMnist(embedded)).name).toBe('fashion-mnist-full');
  });

  it('is asked for by the name of its package when it is not there', async () => {
    await expect(openFullFashionMnist(join(temporaryFolder(), 'none'))).rejects.toMatchObject({
      code: 'dataset-not-found',
      nextStep: expect.stringContaining('dataset-fashion-mnist') as string,
    });
  });
});

describe('files of Fashion-MNIST that do not belong together', () => {
  const idx = (dimensions: number[], values: ArrayLike<number>) => {
    const header = Buffer.alloc(4 + 4 * dimensions.length);
    header.set([0, 0, 8, dimensions.length]);
    dimensions.forEach((dimension, axis) => header.writeUInt32BE(dimension, 4 + 4 * axis));
    return gzipSync(Buffer.concat([header, Uint8Array.from(values)]));
  };
  const images = (count: number, side = 28) => idx([count, side, side], new Uint8Array(count * side * side));
  const labels = (...values: number[]) => idx([values.length], values);
  const open = async (trainImages: Uint8Array, trainLabels: Uint8Array) => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'train-images-idx3-ubyte.gz': trainImages,
      'train-labels-idx1-ubyte.gz': trainLabels,
      't10k-images-idx3-ubyte.gz': images(1),
      't10k-labels-idx1-ubyte.gz': labels(3),
    });
    return await openFullFashionMnist(folder);
  };

  it.each<[string, Uint8Array, Uint8Array, string]>([
    ['a label beyond the classes', images(2), labels(9, 10), 'the label 10'],
    ['more labels than images', images(2), labels(1, 2, 3), '3 labels'],
    ['fewer labels than images', images(3), labels(1, 2), '2 labels'],
    ['images of another size', images(2, 32), labels(1, 2), '2×32×32'],
    ['labels in place of images', labels(1, 2), labels(1, 2), 'not images'],
    ['images in place of labels', images(2), images(2), '2×28×28 labels'],
  ])('are refused: %s', async (_, imagesFile, labelsFile, reason) => {
    await expect(open(imagesFile, labelsFile)).rejects.toMatchObject({
      code: 'dataset-broken',
      message: expect.stringContaining(reason) as string,
    });
  });

  it('are read if they do', async () => {
    expect((await open(images(2), labels(0, 9))).train.map(({ label }) => label)).toEqual([0, 9]);
  });
});

describe('readIdxFile', () => {
  it('reads dimensions and bytes', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'a.gz': gzipSync(Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6)),
    });
    const { dimensions, data } = await readIdxFile(join(folder, 'a.gz'));
    expect(dimensions).toEqual([2, 3]);
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each<[string, Uint8Array]>([
    ['is cut', gzipSync(Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3))],
    ['is not gzipped', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7)],
    ['holds no bytes but floats', gzipSync(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 1, 7, 7, 7, 7))],
  ])('refuses a file that %s', async (_, content) => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.gz': content });
    await expect(readIdxFile(join(folder, 'a.gz'))).rejects.toMatchObject({ code: 'dataset-broken' });
  });
});
