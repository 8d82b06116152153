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

  it('names what is missing, empty, twice, or no image', async () => {
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
      'duplicate a/1.jpg',
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
