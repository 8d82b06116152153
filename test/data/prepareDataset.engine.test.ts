import { cpSync, existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { checkDataset } from '../../src-main/data/checkDataset.ts';
import { fingerprintOf, stampOf } from '../../src-main/data/fingerprint.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { prepareDataset } from '../../src-main/data/prepareDataset.ts';
import { jpegFile, photo, pngFile, temporaryFolder, writeFiles } from './imageFiles.ts';

/** Two classes; three of the eight images are no images. */
async function folderWithBroken(): Promise<string> {
  const folder = join(temporaryFolder(), 'set');
  const jpeg = await jpegFile(40, 30);
  writeFiles(folder, {
    'train/a/1.jpg': jpeg,
    'train/a/2.jpg': jpeg.subarray(0, jpeg.length / 2),
    'train/a/3.png': await pngFile(20, 20, 3),
    'train/b/1.jpg': '',
    'train/b/2.jpg': await jpegFile(33, 21, 5),
    'val/a/1.jpg': 'text',
    'val/a/9.jpg': await jpegFile(33, 21, 7),
    'val/b/1.jpg': await jpegFile(33, 21, 6),
  });
  return folder;
}

const cacheFiles = () => readdirSync(join(process.env.VGG_CACHE ?? '', 'datasets'));

describe('checkDataset', () => {
  it('ends when nobody waits for it any more, and keeps nothing of it', async () => {
    const dataset = await openDataset(await folderWithBroken());
    const gone = new AbortController();
    gone.abort();
    await expect(checkDataset(dataset, { signal: gone.signal })).rejects.toBe(gone.signal.reason);
    expect(existsSync(join(process.env.VGG_CACHE ?? '', 'datasets'))).toBe(false);
  });

  it('reports everything, in the order of the samples, whatever the number of threads', async () => {
    const dataset = await openDataset(await folderWithBroken());
    const seen: [number, number][] = [];
    const report = await checkDataset(dataset, {
      workers: 1,
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(report).toMatchObject({ classes: 2, images: { train: 5, val: 3 }, errors: 3, notes: 0 });
    expect(report.findings.map(({ split, subject, code }) => `${split ?? ''}/${subject} ${code}`)).toEqual([
      'train/a/2.jpg truncated',
      'train/b/1.jpg empty-file',
      'val/a/1.jpg unknown-format',
    ]);
    expect(report.statistics?.images).toBe(3);
    expect(seen.at(-1)).toEqual([8, 8]);
    expect(await checkDataset(dataset, { workers: 3 })).toEqual(report);
  });
});

it('calls pictures of both splits the same by their content, not by name and size', async () => {
  const folder = join(temporaryFolder(), 'set');
  const flat = (seed: number) => photo(8, 8, seed).tiff({ compression: 'none' }).toBuffer();
  writeFiles(folder, {
    'train/a/1.tif': await flat(1),
    'train/a/2.tif': await flat(2),
    'train/a/3.tif': await flat(3),
    'val/a/1.tif': await flat(4),
    'val/a/2.tif': await flat(2),
    'val/a/other.tif': await flat(3),
  });
  const { findings } = await checkDataset(await openDataset(folder));
  expect(
    findings.map(({ code, subject }) => `${code} ${subject}`).filter((text) => text.startsWith('dup')),
  ).toEqual(['duplicate a/2.tif', 'duplicate a/3.tif']);
});

describe('prepareDataset', () => {
  it('refuses broken images in one error that counts and names them', async () => {
    const location = await folderWithBroken();
    await expect(prepareDataset(await openDataset(location))).rejects.toMatchObject({
      code: 'broken-images',
      kind: 'input',
      message:
        '3 of 8 images of set cannot be used: train/a/2.jpg (truncated), train/b/1.jpg (empty-file), val/a/1.jpg (unknown-format).',
    });
  });

  it('leaves them out on request, and says why each is missing', async () => {
    const location = await folderWithBroken();
    const { dataset, skipped, statistics } = await prepareDataset(await openDataset(location), {
      skipBroken: true,
    });
    expect(dataset.train.map(({ name }) => name)).toEqual(['a/1.jpg', 'a/3.png', 'b/2.jpg']);
    expect(dataset.val.map(({ name }) => name)).toEqual(['a/9.jpg', 'b/1.jpg']);
    expect(skipped.map(({ subject }) => subject)).toEqual(['a/2.jpg', 'b/1.jpg', 'a/1.jpg']);
    expect(statistics?.images).toBe(3);
  });

  it('decodes once: later runs take what is kept', async () => {
    const location = await folderWithBroken();
    let decoded = 0;
    const count = { skipBroken: true, onProgress: () => decoded++ };
    const first = await prepareDataset(await openDataset(location), count);
    expect(decoded).toBeGreaterThan(0);
    decoded = 0;
    expect(await prepareDataset(await openDataset(location), count)).toEqual(first);
    expect(decoded).toBe(0);
    expect(cacheFiles()).toHaveLength(1);
  });

  it('notices a file that was mended without a change of size', async () => {
    const location = await folderWithBroken();
    const broken = join(location, 'train/a/2.jpg');
    const size = statSync(broken).size;
    await prepareDataset(await openDataset(location), { skipBroken: true });
    const mended = await pngFile(4, 4);
    // Zeros after the end of a PNG do no harm.
    writeFileSync(broken, Buffer.concat([mended, Buffer.alloc(size - mended.length)]));
    const { skipped, statistics } = await prepareDataset(await openDataset(location), { skipBroken: true });
    expect(skipped.map(({ subject }) => subject)).toEqual(['b/1.jpg', 'a/1.jpg']);
    expect(statistics?.images).toBe(4);
  });

  it('looks again at pixels that were replaced by others of the same size and time of modification', async () => {
    const folder = join(temporaryFolder(), 'set');
    const grey = (level: number) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background: { r: level, g: level, b: level } } })
        .tiff({ compression: 'none' })
        .toBuffer();
    writeFiles(folder, { 'train/a/1.tif': await grey(20), 'val/a/1.tif': await grey(20) });
    const path = join(folder, 'train/a/1.tif');
    const { size, atime, mtime } = statSync(path);
    const before = await prepareDataset(await openDataset(folder));
    writeFileSync(path, await grey(180));
    utimesSync(path, atime, mtime);
    expect(statSync(path).size).toBe(size);
    const after = await prepareDataset(await openDataset(folder));
    expect([before.statistics?.mean, after.statistics?.mean]).toEqual([
      [20, 20, 20],
      [180, 180, 180],
    ]);
    expect(fingerprintOf(after.dataset)).not.toBe(fingerprintOf(before.dataset));
  });

  it('takes a copy of the images for the same, wherever and whenever it was made', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'set/train/a/1.jpg': await jpegFile(40, 30),
      'set/val/a/1.jpg': await jpegFile(40, 30, 2),
    });
    cpSync(join(folder, 'set'), join(folder, 'elsewhere'), { recursive: true });
    utimesSync(join(folder, 'elsewhere/train/a/1.jpg'), 1, 1);
    const [one, other] = await Promise.all(
      ['set', 'elsewhere'].map(
        async (name) => (await prepareDataset(await openDataset(join(folder, name)))).dataset,
      ),
    );
    expect(one && other && fingerprintOf(one) === fingerprintOf(other)).toBe(true);
    expect(one && other && stampOf(one) === stampOf(other)).toBe(false);
  });

  it('does without a kept file that is damaged', async () => {
    const location = await folderWithBroken();
    const first = await prepareDataset(await openDataset(location), { skipBroken: true });
    const kept = cacheFiles()[0] ?? '';
    writeFileSync(
      join(process.env.VGG_CACHE ?? '', 'datasets', kept),
      '{"version":3,"inspection":{"findings":7}}',
    );
    expect(await prepareDataset(await openDataset(location), { skipBroken: true })).toEqual(first);
  });

  it('looks only at the splits asked for, and keeps the labels', async () => {
    const location = await folderWithBroken();
    rmSync(join(location, 'val/a'), { recursive: true });
    const { dataset, statistics } = await prepareDataset(await openDataset(location), { splits: ['val'] });
    expect(dataset.train).toEqual([]);
    expect(dataset.val.map(({ name, label }) => [name, label])).toEqual([['b/1.jpg', 1]]);
    expect(statistics).toBeNull();
  });

  it('says which split is missing', async () => {
    const location = await folderWithBroken();
    rmSync(join(location, 'val'), { recursive: true });
    await expect(prepareDataset(await openDataset(location))).rejects.toMatchObject({
      code: 'split-missing',
      message: 'The dataset set has no images in val/.',
    });
  });
});
