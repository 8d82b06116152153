import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readClassList } from '../../src-main/data/classList.ts';
import { numberedOutOfOrder, orderClasses } from '../../src-main/data/classOrder.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { temporaryFolder, writeFiles } from './imageFiles.ts';

const net = { names: ['cat', 'dog', 'emu'], origin: 'the net' };

async function folderOf(...files: string[]) {
  const folder = join(temporaryFolder(), 'set');
  writeFiles(folder, Object.fromEntries(files.map((file) => [file, 'x'])));
  return await openDataset(folder);
}

describe('orderClasses', () => {
  it('labels by the place of a class among those of the net, whatever the folders sort like', async () => {
    const order = { names: ['emu', 'cat', 'dog'], origin: 'the net' };
    const opened = await folderOf('val/cat/1.jpg', 'val/dog/1.jpg', 'val/emu/1.jpg', 'train/dog/2.jpg');
    const { dataset, notes } = orderClasses(opened, order, ['train', 'val']);
    expect(dataset.classes).toEqual(['emu', 'cat', 'dog']);
    expect(dataset.val.map(({ name, label }) => [name, label])).toEqual([
      ['cat/1.jpg', 1],
      ['dog/1.jpg', 2],
      ['emu/1.jpg', 0],
    ]);
    expect(dataset.train.map(({ label }) => label)).toEqual([2]);
    expect(notes).toEqual(['The classes of set are taken in the order of the net, by their names.']);
  });

  it('takes some of the classes, and says which have no images', async () => {
    const { dataset, notes } = orderClasses(await folderOf('val/emu/1.jpg'), net, ['val']);
    expect(dataset.val.map(({ label }) => label)).toEqual([2]);
    expect(dataset.classes).toEqual(net.names);
    expect(notes).toEqual([
      'The classes of set are taken in the order of the net, by their names.',
      'set has no images of 2 of the 3 classes of the net: cat, dog.',
    ]);
  });

  it.each([
    ['renamed', ['val/Cat/1.jpg', 'val/dog/1.jpg', 'val/emu/1.jpg'], 'Cat'],
    ['others', ['val/ant/1.jpg', 'val/fox/1.jpg', 'val/yak/1.jpg'], 'ant, fox, yak'],
    ['one more', ['val/cat/1.jpg', 'val/dog/1.jpg', 'val/emu/1.jpg', 'val/yak/1.jpg'], 'yak'],
  ])('refuses classes that the net does not have: %s', async (_, files, named) => {
    const opened = await folderOf(...files);
    expect(() => orderClasses(opened, net, ['val'])).toThrow(
      expect.objectContaining({
        code: 'classes-differ',
        message: expect.stringContaining(`${named}.`) as string,
      }),
    );
  });

  it('does not mind a class of images that are not used', async () => {
    const opened = await folderOf('val/dog/1.jpg', 'train/yak/1.jpg');
    expect(orderClasses(opened, net, ['val']).dataset.val.map(({ label }) => label)).toEqual([1]);
    expect(() => orderClasses(opened, net, ['train', 'val'])).toThrow('yak');
  });

  it('takes a name for the same in either form of its accents', async () => {
    const opened = await folderOf(`val/${'café'.normalize('NFD')}/1.jpg`);
    const { dataset } = orderClasses(opened, { names: ['bar', 'café'.normalize('NFC')], origin: '' }, [
      'val',
    ]);
    expect(dataset.val.map(({ label }) => label)).toEqual([1]);
  });
});

it('classes whose names differ only in case or spaces are noted', async () => {
  const { structure } = await folderOf(
    'train/Cat/1.jpg',
    'train/dog/1.jpg',
    'val/cat/1.jpg',
    'val/dog /1.jpg',
  );
  const notes = structure.filter(({ code }) => code === 'alike-classes').map(({ fact }) => fact);
  expect(notes).toEqual([
    '"Cat" and "cat" differ only in case or spaces: are they one class?',
    '"dog" and "dog " differ only in case or spaces: are they one class?',
  ]);
});

describe('numberedOutOfOrder', () => {
  it('is said of names that are numbers and sort otherwise', () => {
    expect(numberedOutOfOrder(['0', '1', '10', '2'])).toContain('10 comes before 2');
    expect(numberedOutOfOrder(['00', '01', '02', '10'])).toBeNull();
    expect(numberedOutOfOrder(['1', '10', 'x'])).toBeNull();
  });
});

describe('readClassList', () => {
  const listOf = (content: string) => {
    const path = join(temporaryFolder(), 'list.txt');
    writeFiles(join(path, '..'), { 'list.txt': content });
    return readClassList(path).names;
  };

  it('reads a class a line, with the line ends of any system', () => {
    expect(listOf('\uFEFF2\r\n10\r\n')).toEqual(['2', '10']);
    expect(listOf('golden retriever\ncafé\n\n')).toEqual(['golden retriever', 'café']);
  });

  it('refuses what is no list', () => {
    for (const content of ['', 'a\n\nb', 'a\nb\na', 'a\0b']) {
      expect(() => listOf(content)).toThrow(expect.objectContaining({ code: 'class-list-unreadable' }));
    }
    expect(() => readClassList('/nowhere/list.txt')).toThrow('/nowhere/list.txt');
    // What has no end is not read.
    expect(() => readClassList('/dev/zero')).toThrow('/dev/zero is no list of classes.');
  });
});
