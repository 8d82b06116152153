import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serverFolder } from '../../../src-main/workbench/inputs/serverFolder.ts';
import { temporaryFolder, writeFiles } from '../../data/imageFiles.ts';

const named = (entries: { name: string; isFolder: boolean }[]) =>
  entries.map(({ name, isFolder }) => (isFolder ? `${name}/` : name));
const ask = (path: string, what: 'folder' | 'weights' | 'image' | 'archive' = 'folder', hidden = false) =>
  serverFolder({ path, what, hidden });

describe('a folder of the server', () => {
  it('begins at the user’s own, which ~ means too', async () => {
    expect((await ask('')).folder).toBe(homedir());
    expect((await ask('~')).folder).toBe(homedir());
  });

  it('shows folders first, then the files of the kind, hidden ones only if asked for', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'b.pth': '',
      'a.SAFETENSORS': '',
      'notes.txt': '',
      '.secret.pth': '',
      'zoo/x': '',
      '.git/x': '',
    });
    symlinkSync(join(folder, 'zoo'), join(folder, 'link'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.pth'));
    expect(named((await ask(folder, 'weights')).entries)).toEqual([
      'link/',
      'zoo/',
      'a.SAFETENSORS',
      'b.pth',
    ]);
    expect(named((await ask(folder, 'weights', true)).entries)).toEqual([
      '.git/',
      'link/',
      'zoo/',
      '.secret.pth',
      'a.SAFETENSORS',
      'b.pth',
    ]);
    expect(named((await ask(folder)).entries)).toEqual(['link/', 'zoo/']);
    expect((await ask(join(folder, 'zoo'))).above).toBe(folder);
    expect((await ask('/')).above).toBeNull();
  });

  it('completes what is typed, in large letters or small', async () => {
    const folder = temporaryFolder();
    for (const name of ['Photos', 'phones', 'other']) mkdirSync(join(folder, name));
    const { folder: place, entries } = await ask(join(folder, 'pho'));
    expect(place).toBe(folder);
    expect(named(entries)).toEqual(['Photos/', 'phones/']);
    // A file that is chosen already is shown among the others.
    writeFiles(folder, { 'net.pth': '', 'other.pth': '' });
    expect(named((await ask(join(folder, 'net.pth'), 'weights')).entries)).toHaveLength(5);
  });

  it('marks what looks like a dataset', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'whole/train/a/1.jpg': '',
      'whole/val/a/1.jpg': '',
      'half/train/a/1.jpg': '',
      'classes/cat/1.jpg': '',
      'classes/dog/1.png': '',
      'texts/a/1.txt': '',
      'texts/b/1.txt': '',
    });
    const { entries } = await ask(folder);
    expect(Object.fromEntries(entries.map(({ name, dataset }) => [name, dataset]))).toEqual({
      whole: 'train and val',
      half: 'train, without val',
      classes: 'folders of classes',
      texts: null,
    });
    expect((await ask(join(folder, 'classes'))).dataset).toBe('folders of classes');
  });

  it('sends the first of a great many, and says how many there are', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 3000; index++) writeFileSync(join(folder, `${index}.jpg`), '');
    const listing = await ask(folder, 'image');
    expect([listing.entries.length, listing.total]).toEqual([500, 3000]);
    expect((await ask(join(folder, '299'), 'image')).total).toBe(11);
  });

  it('says what is not there, and what may not be read', async () => {
    const folder = temporaryFolder();
    await expect(ask(join(folder, 'no', 'where'))).rejects.toMatchObject({ code: 'folder-not-found' });
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0);
    // Root reads everything.
    if (process.getuid?.() === 0) expect((await ask(closed)).entries).toEqual([]);
    else await expect(ask(closed)).rejects.toMatchObject({ code: 'path-unusable' });
    chmodSync(closed, 0o700);
  });
});
