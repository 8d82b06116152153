import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import {
  downloadsFolder,
  fetchedFolder,
  fetchSet,
  isFetched,
} from '../../../src-main/data/fetched/fetchSet.ts';
import { openImageFolder } from '../../../src-main/data/imageFolder.ts';
import type { FetchProgress } from '../../../src-main/vocabulary/fetchProgress.ts';
import { temporaryFolder } from '../imageFiles.ts';
import { aServer, status, whole, type Answer } from './aServer.ts';
import { aSet, tarOf } from './aSet.ts';

const members = [
  { name: 'imagenette2-160', content: '', type: '5' },
  { name: 'imagenette2-160/train/n01440764/a_1.JPEG', content: 'one' },
  { name: 'imagenette2-160/val/n01440764/b_2.JPEG', content: 'two' },
  { name: 'imagenette2-160/noisy.csv', content: 'not an image' },
];
const archive = tarOf(members);

async function prepared(...answers: Answer[]) {
  const folder = temporaryFolder();
  const server = await aServer(...answers);
  return { ...server, folder, set: aSet(archive, { addresses: [server.address] }) };
}

describe('a set that is fetched', () => {
  it('is an image folder of the cache, and its archive is gone', async () => {
    const { set, ranges } = await prepared(whole(archive));
    const seen: FetchProgress[] = [];
    await fetchSet(set, { onProgress: (progress) => seen.push(progress) });
    const folder = fetchedFolder('a-set');
    const { train, val, classes } = await openImageFolder(folder, folder);
    expect([train, val].map((split) => split.map(({ name }) => name))).toEqual([
      ['n01440764/a_1.JPEG'],
      ['n01440764/b_2.JPEG'],
    ]);
    expect(classes).toEqual(['n01440764']);
    expect(readFileSync(join(folder, 'val/n01440764/b_2.JPEG'), 'utf8')).toBe('two');
    expect(readdirSync(folder).sort()).toEqual(['train', 'val']);
    expect(readdirSync(downloadsFolder())).toEqual([]);
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['download', 'verify', 'unpack']);
    expect(seen.at(-1)).toEqual({ stage: 'unpack', done: 2, total: 2 });
    await fetchSet(set);
    expect(ranges).toHaveLength(1);
  });

  it('is taken from a zip archive too', async () => {
    const zip = new ZipFile();
    for (const number of [1, 5]) zip.addBuffer(Buffer.from('x'), `2750/River/River_${number}.jpg`);
    zip.end();
    const content = await buffer(zip.outputStream);
    const { address } = await prepared(whole(content));
    await fetchSet(aSet(content, { addresses: [address], file: 'a-set.zip', layout: 'eurosat' }));
    expect(existsSync(join(fetchedFolder('a-set'), 'val/River/River_5.jpg'))).toBe(true);
  });

  it('is fetched once by two that want it at the same time', async () => {
    const { set, ranges } = await prepared(whole(archive));
    await Promise.all([fetchSet(set), fetchSet(set)]);
    expect(ranges).toHaveLength(1);
  });

  it.each(['downloads', 'elsewhere'])(
    'is taken from a file in %s that was fetched by hand, which stays',
    async (place) => {
      const { set, ranges, folder } = await prepared(status(404));
      const at = place === 'downloads' ? downloadsFolder() : join(folder, place);
      mkdirSync(at, { recursive: true });
      const file = join(at, set.file);
      writeFileSync(file, archive);
      await fetchSet(set, place === 'downloads' ? {} : { file });
      expect([isFetched('a-set'), existsSync(file), ranges]).toEqual([true, true, []]);
    },
  );

  it('says what to fetch by hand and where to put it, when it cannot be fetched', async () => {
    const { set, address } = await prepared(status(404));
    await expect(fetchSet(set)).rejects.toMatchObject({
      code: 'fetch-failed',
      nextStep: expect.stringContaining(
        `fetch ${address} by hand and put it to ${join(downloadsFolder(), 'a-set.tgz')}`,
      ) as string,
    });
    expect(isFetched('a-set')).toBe(false);
  });

  it('is not taken from a file that is not there', async () => {
    const { set, folder } = await prepared(status(404));
    await expect(fetchSet(set, { file: join(folder, 'none.tgz') })).rejects.toMatchObject({
      code: 'fetch-failed',
    });
  });
});

describe('an archive with another checksum', () => {
  const other = aSet(archive, { checksum: { algorithm: 'md5', value: '0'.repeat(32) } });

  it('is refused and removed, so that the next attempt fetches it anew', async () => {
    const { address, ranges } = await prepared(whole(archive));
    const set = { ...other, addresses: [address] };
    await expect(fetchSet(set)).rejects.toMatchObject({ code: 'checksum-mismatch' });
    expect(isFetched('a-set')).toBe(false);
    expect(readdirSync(downloadsFolder())).toEqual([]);
    await expect(fetchSet(set)).rejects.toMatchObject({ code: 'checksum-mismatch' });
    expect(ranges).toHaveLength(2);
  });

  it('is refused and stays where a person put it', async () => {
    const { folder } = await prepared(whole(archive));
    const file = join(folder, 'a-set.tgz');
    writeFileSync(file, archive);
    await expect(fetchSet(other, { file })).rejects.toMatchObject({ code: 'checksum-mismatch' });
    expect(existsSync(file)).toBe(true);
  });
});

describe('an archive with the right checksum', () => {
  const refused = async (content: Buffer, facts = {}) => {
    const { address, folder } = await prepared(whole(content));
    const error = await fetchSet(aSet(content, { addresses: [address], ...facts })).catch(
      (thrown: unknown) => thrown,
    );
    expect(isFetched('a-set')).toBe(false);
    return { error, folder };
  };

  it('that has too few images is refused, and nothing of it stays', async () => {
    const { error } = await refused(archive, { images: { train: 2, val: 1 } });
    expect(error).toMatchObject({
      code: 'dataset-archive-broken',
      message: expect.stringContaining('1 + 1 images, not 2 + 1') as string,
    });
    expect(readdirSync(join(fetchedFolder('a-set'), '..'))).toEqual(['downloads']);
  });

  it('that holds more than it should is refused', async () => {
    const { error } = await refused(archive, { unpackedBytes: 5 });
    expect(error).toMatchObject({ message: expect.stringContaining('more than it should') as string });
  });

  it('that is cut short is refused', async () => {
    const { error } = await refused(archive.subarray(0, archive.length - 30));
    expect(error).toMatchObject({ code: 'dataset-archive-broken' });
  });

  it('writes nothing outside its folder', async () => {
    const evil = tarOf([
      ...members,
      { name: '../evil.JPEG', content: 'x' },
      { name: '/tmp/evil.JPEG', content: 'x' },
      { name: 'imagenette2-160/train/../../../../evil.JPEG', content: 'x' },
      { name: 'imagenette2-160/train/n01440764/../../../evil.JPEG', content: 'x' },
      { name: 'imagenette2-160/train/n01440764/link.JPEG', content: '', type: '2' },
    ]);
    const { address } = await prepared(whole(evil));
    await fetchSet(aSet(evil, { addresses: [address] }));
    const files = readdirSync(fetchedFolder('a-set'), { recursive: true }).map(String);
    expect(files.filter((file) => file.includes('.JPEG')).sort()).toEqual([
      join('train', 'n01440764', 'a_1.JPEG'),
      join('val', 'n01440764', 'b_2.JPEG'),
    ]);
    expect(readdirSync(join(fetchedFolder('a-set'), '..')).sort()).toEqual(['a-set', 'downloads']);
  });
});
