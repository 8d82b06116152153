import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src-main/data/fingerprint.ts';
import type { Dataset } from '../../src-main/data/dataset.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { temporaryFolder, writeFiles } from './imageFiles.ts';

const names = (count: number, ending: string) =>
  Array.from({ length: count }, (_, index) => `${index + 1}.${ending}`);
const choice = (splitSeed: number, validationShare: number | null = null) => ({ splitSeed, validationShare });
const namesOf = ({ train, val }: Dataset) => ({
  train: train.map(({ name }) => name),
  val: val.map(({ name }) => name),
});

/** Ten cats and three dogs, in folders within `under`. */
function animals(under = ''): string {
  const folder = temporaryFolder();
  const cats = names(10, 'jpg').map((file) => [`${under}cat/${file}`, file]);
  const dogs = names(3, 'png').map((file) => [`${under}dog/${file}`, file]);
  writeFiles(folder, Object.fromEntries([...cats, ...dogs]) as Record<string, string>);
  return folder;
}

describe('a folder of classes without train/ and val/', () => {
  // The expected names are the least of Python's hashlib.sha256(f"{seed}/cat/{file}"), 2 of 10, and of dogs round(0.6).
  it.each([
    [1, ['cat/2.jpg', 'cat/8.jpg', 'dog/1.png']],
    [2, ['cat/3.jpg', 'cat/7.jpg', 'dog/2.png']],
  ])('is divided by seed %i as an independent program divides it', async (seed, val) => {
    const dataset = await openDataset(animals(), choice(seed));
    const divided = namesOf(dataset);
    expect(divided.val).toEqual(val);
    expect([...divided.train, ...divided.val].sort()).toEqual(
      [
        ...names(10, 'jpg').map((file) => `cat/${file}`),
        ...names(3, 'png').map((file) => `dog/${file}`),
      ].sort(),
    );
    expect(dataset.ownSplit).toEqual({ share: 0.2, seed });
  });

  it('says so, in its name and as a finding', async () => {
    const dataset = await openDataset(animals(), choice(7, 0.25));
    expect(dataset.name).toMatch(/^vgg-data-\w+ \(own split, 25 %, seed 7\)$/);
    expect(dataset.structure).toMatchObject([
      { code: 'own-split', fact: expect.stringContaining('4 of its 13 images') as string },
    ]);
  });

  it('is divided alike whichever Unicode form names are in, and in whatever order they were written', async () => {
    const decomposed = temporaryFolder();
    const composed = temporaryFolder();
    const files = names(7, 'jpg').map((file) => `é${file}`);
    for (const file of files) writeFiles(composed, { [`café/${file}`]: file, [`tea/${file}`]: file });
    for (const file of files.toReversed()) {
      const name = file.normalize('NFD');
      writeFiles(decomposed, { [`${'café'.normalize('NFD')}/${name}`]: file, [`tea/${name}`]: file });
    }
    const one = namesOf(await openDataset(composed, choice(1, 0.3))).val;
    const other = namesOf(await openDataset(decomposed, choice(1, 0.3))).val.map((name) =>
      name.normalize('NFC'),
    );
    // Python's too, as above.
    expect(one.slice(0, 2)).toEqual(['café/é6.jpg', 'café/é7.jpg']);
    expect(other).toEqual(one);
  });

  it('keeps at least one image of each class on both sides', async () => {
    const dataset = await openDataset(animals(), choice(1, 0.99));
    const ofDogs = (samples: Dataset['train']) => samples.filter(({ label }) => label === 1).length;
    expect([ofDogs(dataset.train), ofDogs(dataset.val)]).toEqual([1, 2]);
    const least = await openDataset(animals(), choice(1, 0.001));
    expect(least.val.map(({ label }) => label)).toEqual([0, 1]);
  });

  it.each([
    ['one image', { 'rare/1.jpg': 'x' }],
    ['no image', { 'rare/notes.txt': 'x' }],
  ])('refuses a class with %s', async (what, files) => {
    const folder = animals();
    writeFiles(folder, files);
    await expect(openDataset(folder)).rejects.toMatchObject({
      code: 'class-too-small',
      message: expect.stringMatching(new RegExp(`class rare of .* has ${what}`)) as string,
    });
  });

  it('has another fingerprint by another seed, and the same in another place', async () => {
    const folder = animals();
    const printed = async (seed: number, place = folder) => {
      const dataset = await openDataset(place, choice(seed));
      const known = (samples: Dataset['train']) => samples.map((one) => ({ ...one, digest: one.name }));
      return fingerprintOf({ ...dataset, train: known(dataset.train), val: known(dataset.val) });
    };
    const first = await printed(1);
    expect(await printed(2)).not.toBe(first);
    const moved = join(temporaryFolder(), 'moved');
    renameSync(folder, moved);
    expect(await printed(1, moved)).toBe(first);
  });

  it('is found where an archive was unpacked into a folder of its own', async () => {
    expect(namesOf(await openDataset(animals('animals/'))).val).toEqual([
      'cat/2.jpg',
      'cat/8.jpg',
      'dog/1.png',
    ]);
  });

  it('is not made of a half of a dataset, nor of parts under other names', async () => {
    const folder = animals('train/');
    writeFiles(folder, { 'val/cat/1.jpg': 'x' });
    await expect(openDataset(join(folder, 'train'), choice(1, 0.2))).rejects.toMatchObject({
      code: 'dataset-layout',
      message: expect.stringContaining('the folder above has train and val') as string,
      nextStep: `Use ${folder}.`,
    });
    const other = animals('training/');
    writeFiles(other, { 'validation/cat/1.jpg': 'x', 'validation/dog/1.jpg': 'x' });
    expect(readdirSync(other)).toHaveLength(2);
    await expect(openDataset(other)).rejects.toMatchObject({
      code: 'dataset-layout',
      message: expect.stringContaining('training, validation') as string,
    });
  });
});

describe('a dataset with train/', () => {
  it('that has no val/ is divided only if it is asked for', async () => {
    const folder = animals('train/');
    const whole = await openDataset(folder);
    expect([whole.train.length, whole.val.length, whole.ownSplit]).toEqual([13, 0, undefined]);
    const divided = await openDataset(folder, choice(1, 0.2));
    expect(divided.name).toContain('(own split, 20 %, seed 1)');
    expect(namesOf(divided).val).toEqual(['cat/2.jpg', 'cat/8.jpg', 'dog/1.png']);
  });

  it('and val/ keeps them, and says that the share is for nothing', async () => {
    const folder = animals('train/');
    writeFiles(folder, { 'val/cat/1.jpg': 'x', 'val/dog/1.jpg': 'x' });
    const dataset = await openDataset(folder, choice(1, 0.2));
    expect(namesOf(dataset).val).toEqual(['cat/1.jpg', 'dog/1.jpg']);
    expect(dataset.structure).toMatchObject([{ code: 'split-unused' }]);
    const named = await openDataset('fashion-mnist-small', choice(1, 0.2));
    expect(named.structure.map(({ code }) => code)).toContain('split-unused');
  });
});
