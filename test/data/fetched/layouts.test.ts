import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { decodeImage } from '../../../src-main/data/decodeImage.ts';
import type { ArchiveLayout } from '../../../src-main/data/fetched/catalogue.ts';
import { fetchableSets } from '../../../src-main/data/fetched/catalogue.ts';
import { placedFiles } from '../../../src-main/data/fetched/layouts.ts';
import { temporaryFolder } from '../imageFiles.ts';
import { tarOf } from './aSet.ts';

async function placed(archive: string, layout: ArchiveLayout) {
  const files = new Map<string, Uint8Array>();
  for await (const { place, content } of placedFiles(archive, layout)) files.set(place, content);
  return files;
}

async function zipOf(files: Record<string, string>): Promise<string> {
  const path = join(temporaryFolder(), 'a.zip');
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

function tarFile(members: Parameters<typeof tarOf>[0]): string {
  const path = join(temporaryFolder(), 'a.tar.gz');
  writeFileSync(path, tarOf(members));
  return path;
}

/** A record of CIFAR whose pixels are all of one colour but the last, which is black. */
function record(labels: number[], [red, green, blue]: [number, number, number]): Buffer {
  const planes = [red, green, blue].map((value) => Buffer.alloc(1024, value));
  for (const plane of planes) plane[1023] = 0;
  return Buffer.concat([Buffer.from(labels), ...planes]);
}

const tenNames = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

describe("CIFAR's binary version", () => {
  const cifar10 = (batches: Record<string, Buffer>) =>
    tarFile([
      ...Object.entries(batches).map(([name, content]) => ({
        name: `cifar-10-batches-bin/${name}.bin`,
        content,
      })),
      { name: 'cifar-10-batches-bin/batches.meta.txt', content: `${tenNames.join('\n')}\n\n` },
    ]);

  it('gives an image for each record, by class, under the number it has', async () => {
    const files = await placed(
      cifar10({
        data_batch_2: Buffer.concat([record([3], [10, 20, 30]), record([9], [1, 2, 3])]),
        test_batch: record([0], [250, 0, 5]),
        readme: Buffer.from('html'),
      }),
      'cifar-10',
    );
    expect([...files.keys()].sort()).toEqual([
      'train/cat/10000.ppm',
      'train/truck/10001.ppm',
      'val/airplane/00000.ppm',
    ]);
    const path = join(temporaryFolder(), 'cat.ppm');
    writeFileSync(path, files.get('train/cat/10000.ppm') ?? '');
    const { data, width, height } = await decodeImage({ kind: 'file', path, bytes: 3085 });
    expect([width, height, ...data.subarray(0, 6), ...data.subarray(-3)]).toEqual([
      32, 32, 10, 20, 30, 10, 20, 30, 0, 0, 0,
    ]);
  });

  it('takes the fine labels of CIFAR-100', async () => {
    const names = Array.from(
      { length: 100 },
      (_, label) => `class_${'abcdefghij'[Math.floor(label / 10)]}${'abcdefghij'[label % 10]}`,
    );
    const archive = tarFile([
      { name: 'cifar-100-binary/coarse_label_names.txt', content: 'fish\n' },
      { name: 'cifar-100-binary/fine_label_names.txt', content: names.join('\n') },
      { name: 'cifar-100-binary/train.bin', content: record([7, 42], [1, 1, 1]) },
      { name: 'cifar-100-binary/test.bin', content: record([7, 99], [1, 1, 1]) },
    ]);
    expect([...(await placed(archive, 'cifar-100')).keys()]).toEqual([
      'train/class_ec/00000.ppm',
      'val/class_jj/00000.ppm',
    ]);
  });

  it.each([
    ['ends within a record', { data_batch_1: record([0], [1, 1, 1]).subarray(0, 3000) }],
    ['has a label of no class', { data_batch_1: record([10], [1, 1, 1]) }],
  ])('is refused where it %s', async (reason, batches) => {
    await expect(placed(cifar10(batches), 'cifar-10')).rejects.toMatchObject({
      code: 'dataset-archive-broken',
      message: expect.stringContaining(reason) as string,
    });
  });

  it('is refused where its classes have no names, or such as lead elsewhere', async () => {
    const names = ['../../evil', ...tenNames.slice(1)].join('\n');
    for (const content of ['airplane\n', names]) {
      const archive = tarFile([{ name: 'cifar-10-batches-bin/batches.meta.txt', content }]);
      await expect(placed(archive, 'cifar-10')).rejects.toMatchObject({ code: 'dataset-archive-broken' });
    }
  });
});

describe('other archives', () => {
  it('of EuroSAT give every fifth image to validation', async () => {
    const names = [1, 2, 5, 10, 11].map((number) => [`2750/SeaLake/SeaLake_${number}.jpg`, 'x'] as const);
    const archive = await zipOf({
      ...Object.fromEntries(names),
      '2750/readme.txt': 'x',
      'other/River/River_1.jpg': 'x',
    });
    expect([...(await placed(archive, 'eurosat')).keys()].sort()).toEqual([
      'train/SeaLake/SeaLake_1.jpg',
      'train/SeaLake/SeaLake_11.jpg',
      'train/SeaLake/SeaLake_2.jpg',
      'val/SeaLake/SeaLake_10.jpg',
      'val/SeaLake/SeaLake_5.jpg',
    ]);
  });

  it('of Tiny ImageNet stay as they are, without the images that have no labels', async () => {
    const root = 'tiny-imagenet-200';
    const archive = await zipOf({
      [`${root}/train/n01443537/images/n01443537_0.JPEG`]: 'x',
      [`${root}/train/n01443537/n01443537_boxes.txt`]: 'x',
      [`${root}/val/images/val_0.JPEG`]: 'x',
      [`${root}/val/val_annotations.txt`]: 'x',
      [`${root}/test/images/test_0.JPEG`]: 'x',
    });
    expect([...(await placed(archive, 'tiny-imagenet')).keys()].sort()).toEqual([
      'train/n01443537/images/n01443537_0.JPEG',
      'val/images/val_0.JPEG',
      'val/val_annotations.txt',
    ]);
  });

  it('that are no archives are refused', async () => {
    for (const name of ['a.zip', 'a.tgz']) {
      const path = join(temporaryFolder(), name);
      writeFileSync(path, 'nothing of the kind');
      await expect(placed(path, 'eurosat')).rejects.toMatchObject({ code: 'dataset-archive-broken' });
    }
  });
});

describe.runIf(process.platform === 'linux')("GNU tar's archives", () => {
  it.each(['ustar', 'gnu', 'pax', 'v7'])('are read in the format %s', async (format) => {
    const folder = temporaryFolder();
    const long = format === 'ustar' || format === 'v7' ? 'a' : 'a'.repeat(120);
    const name = `imagenette2-160/train/n01440764/${long}.JPEG`;
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), 'x'.repeat(1000));
    execFileSync('tar', [
      '-C',
      folder,
      '-czf',
      join(folder, 'a.tgz'),
      `--format=${format}`,
      'imagenette2-160',
    ]);
    const files = await placed(join(folder, 'a.tgz'), 'imagenette');
    expect([...files].map(([place, content]) => [place, content.length])).toEqual([
      [`train/n01440764/${long}.JPEG`, 1000],
    ]);
  });
});

describe('the catalogue', () => {
  it('names each set once, with a full checksum and a known address', () => {
    expect(new Set(fetchableSets.map(({ name }) => name)).size).toBe(fetchableSets.length);
    for (const { checksum, addresses } of fetchableSets) {
      expect(checksum.value).toMatch(checksum.algorithm === 'md5' ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{64}$/);
      for (const address of addresses) expect(URL.canParse(address)).toBe(true);
    }
  });
});
