import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src-main/data/openDataset.ts';
import type { Dataset } from '../../src-main/data/dataset.ts';
import { temporaryFolder, writeFiles } from './imageFiles.ts';

const codes = ({ structure }: Dataset) => structure.map(({ code, subject }) => `${code} ${subject}`);

describe('openDataset of an image folder', () => {
  it('labels by the sorted names of the classes of both splits', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'train/zebra/2.jpg': 'ab',
      'train/zebra/10.JPEG': 'abc',
      'train/Äpfel und Birnen/a b.png': 'a',
      'val/cat/1.webp': 'a',
    });
    const dataset = await openDataset(folder);
    expect(dataset.classes).toEqual(['cat', 'zebra', 'Äpfel und Birnen']);
    expect(dataset.train.map(({ name, label }) => [name, label])).toEqual([
      ['zebra/10.JPEG', 1],
      ['zebra/2.jpg', 1],
      ['Äpfel und Birnen/a b.png', 2],
    ]);
    expect(dataset.train[0]?.source).toEqual({
      kind: 'file',
      path: join(folder, 'train/zebra/10.JPEG'),
      bytes: 3,
    });
    expect(dataset.val.map(({ name, label }) => [name, label])).toEqual([['cat/1.webp', 0]]);
  });

  it('names what is missing, empty, or no image', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'train/a/1.jpg': 'same',
      'train/a/notes.txt': 'x',
      'train/a/.DS_Store': 'x',
      'train/b/1.jpg': 'x',
      'train/loose.jpg': 'x',
      'train/a/folder.jpg/inside.jpg': 'x',
      'val/a/1.jpg': 'same',
      'val/b/1.jpg': 'other size',
      'val/c/1.jpg': 'x',
    });
    mkdirSync(join(folder, 'train/e'));
    writeFiles(folder, { 'train/d/1.jpg': 'x' });
    symlinkSync(join(folder, 'nowhere.jpg'), join(folder, 'train/b/dangling.jpg'));
    const dataset = await openDataset(folder);
    expect(codes(dataset).sort()).toEqual([
      'class-missing-in-train c',
      'class-missing-in-val d',
      'empty-class e',
      'not-a-file a/folder.jpg',
      'not-an-image a/notes.txt',
      'unlabelled loose.jpg',
    ]);
    // Left in the list, so that the check of the images can call it unreadable.
    expect(dataset.train.map(({ name }) => name)).toContain('b/dangling.jpg');
  });

  it('follows links to folders and to images', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'elsewhere/cat/1.jpg': 'x', 'picture.jpg': 'abcd' });
    mkdirSync(join(folder, 'set/val/dog'), { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'set/train'));
    symlinkSync(join(folder, 'elsewhere/cat'), join(folder, 'set/val/cat'));
    symlinkSync(join(folder, 'picture.jpg'), join(folder, 'set/val/dog/1.jpg'));
    const { train, val } = await openDataset(join(folder, 'set'));
    expect(train.map(({ name }) => name)).toEqual(['cat/1.jpg']);
    expect(val.map(({ name, source }) => [name, source.kind === 'file' && source.bytes])).toEqual([
      ['cat/1.jpg', 1],
      ['dog/1.jpg', 4],
    ]);
  });

  it('takes no folder of a system for a class', async () => {
    const folder = temporaryFolder();
    const foreign = [
      '@eaDir',
      '__MACOSX',
      'lost+found',
      '$RECYCLE.BIN',
      'System Volume Information',
      '.ipynb_checkpoints',
    ];
    writeFiles(folder, { 'train/a/1.jpg': 'x', 'val/a/1.jpg': 'y' });
    for (const name of foreign)
      writeFiles(folder, { [`train/${name}/1.jpg`]: 'x', [`val/a/${name}/1.jpg`]: 'x' });
    mkdirSync(join(folder, 'val/b'));
    const dataset = await openDataset(folder);
    // An empty folder is a class: that is how a dataset of some classes keeps the labels of all.
    expect(dataset.classes).toEqual(['a', 'b']);
    expect(codes(dataset)).toEqual(['empty-class b']);
  });

  it('takes a name for one class in either form of its accents', async () => {
    const folder = temporaryFolder();
    const [composed, decomposed] = ['café'.normalize('NFC'), 'café'.normalize('NFD')];
    writeFiles(folder, {
      [`train/${decomposed}/1.jpg`]: 'x',
      [`val/${composed}/1.jpg`]: 'yy',
      'val/bar/1.jpg': 'z',
    });
    const dataset = await openDataset(folder);
    expect(dataset.classes).toEqual(['bar', composed]);
    expect([dataset.train, dataset.val].map((samples) => samples.map(({ label }) => label))).toEqual([
      [1],
      [0, 1],
    ]);
  });

  it.each([
    [
      'an archive that was unpacked into a folder of its own',
      ['set/train/a/1.jpg', 'set/val/a/2.jpg'],
      ['a/1.jpg', 'a/2.jpg'],
    ],
    ['the same folder within itself', ['train/train/a/1.jpg', 'val/val/a/2.jpg'], ['a/1.jpg', 'a/2.jpg']],
    ['images in one folder more', ['train/a/images/1.jpg', 'val/a/2.jpg'], ['a/images/1.jpg', 'a/2.jpg']],
  ])('reads %s', async (_, files, names) => {
    const folder = temporaryFolder();
    writeFiles(folder, Object.fromEntries(files.map((file) => [file, file])));
    const { train, val, classes, structure } = await openDataset(folder);
    expect([...train, ...val].map(({ name }) => name)).toEqual(names);
    expect([classes, structure]).toEqual([['a'], []]);
  });

  it('reads Tiny ImageNet as it is unpacked', async () => {
    const folder = join(temporaryFolder(), 'tiny-imagenet-200');
    writeFiles(folder, {
      'train/n01443537/images/n01443537_0.JPEG': 'x',
      'train/n01443537/n01443537_boxes.txt': 'n01443537_0.JPEG\t0\t10\t63\t58\n',
      'train/n01629819/images/n01629819_0.JPEG': 'x',
      'val/images/val_0.JPEG': 'y',
      'val/images/val_1.JPEG': 'y',
      'val/val_annotations.txt':
        'val_0.JPEG\tn01629819\t0\t32\t44\t62\nval_1.JPEG\tn01443537\t52\t55\t57\t59\n',
      'test/images/test_0.JPEG': 'z',
    });
    const { train, val } = await openDataset(folder);
    expect(train.map(({ label }) => label)).toEqual([0, 1]);
    expect(val.map(({ name, label }) => [name, label])).toEqual([
      ['n01443537/val_1.JPEG', 0],
      ['n01629819/val_0.JPEG', 1],
    ]);
  });

  it('calls a split that is there and empty an error', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'train/a/x/1.jpg': 'x', 'train/a/y/1.jpg': 'x', 'val/a/1.jpg': 'x' });
    const { structure } = await openDataset(folder);
    expect(structure.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'no-train',
    ]);
  });

  it('opens a dataset without train, for evaluation', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'val/a/1.jpg': 'x', 'val/b/1.jpg': 'x' });
    const dataset = await openDataset(folder);
    expect(dataset.train).toEqual([]);
    expect(codes(dataset)).toEqual(['no-train ']);
  });

  it('refuses what is no dataset, saying what was there', async () => {
    const folder = temporaryFolder();
    await expect(openDataset(join(folder, 'none'))).rejects.toMatchObject({ code: 'dataset-not-found' });
    writeFiles(folder, { 'cats/1.jpg': 'x', 'file.txt': 'x' });
    await expect(openDataset(join(folder, 'file.txt'))).rejects.toMatchObject({ code: 'dataset-not-found' });
    await expect(openDataset(folder)).rejects.toMatchObject({
      code: 'dataset-layout',
      message: expect.stringContaining('cats') as string,
    });
  });
});
