import { describe, expect, it } from 'vitest';
import { centralCrop, copyCrop } from '../../src-main/data/crop.ts';
import { decodeImage } from '../../src-main/data/decodeImage.ts';
import {
  EvaluationImages,
  type EvaluationBatch,
  type EvaluationView,
} from '../../src-main/data/EvaluationImages.ts';
import type { Sample } from '../../src-main/data/dataset.ts';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { rescale } from '../../src-main/data/rescale.ts';
import {
  datasetInMemory,
  imagePool,
  pngFile,
  randomPixels,
  temporaryFolder,
  writeFiles,
} from './imageFiles.ts';

/** Ten images: 40×40 at 0, 3, 6, 9; 60×40 at 1, 4, 7; 40×60 at 2, 5, 8. */
const { val: samples } = datasetInMemory(0, [
  [40, 40],
  [60, 40],
  [40, 60],
]);

const batchPixels = 2 ** 21;

async function collect(
  view: Omit<EvaluationView, 'batchPixels'> & Partial<EvaluationView>,
  workers = 2,
  of: readonly Sample[] = samples,
): Promise<EvaluationBatch[]> {
  const images = new EvaluationImages({ samples: of, pool: imagePool({ count: workers }) });
  const batches: EvaluationBatch[] = [];
  for await (const batch of images.batches({ batchPixels, ...view })) batches.push(batch);
  return batches;
}

const outline = (batches: EvaluationBatch[]) => batches.map((b) => [b.width, b.height, b.samples.join()]);

describe('the batches of one pass', () => {
  it('groups whole images by shape, in a fixed order, whatever the number of threads', async () => {
    const batches = await collect({ testScale: 32, layout: 'whole' });
    expect(outline(batches)).toEqual([
      [32, 32, '0,3,6,9'],
      [48, 32, '1,4,7'],
      [32, 48, '2,5,8'],
    ]);
    expect(await collect({ testScale: 32, layout: 'whole' }, 3)).toEqual(batches);
    for (const { pixels, width, height, samples: indexes } of batches) {
      for (const [row, index] of indexes.entries()) {
        const sample = samples[index];
        if (sample === undefined) throw new Error('Batches hold samples.');
        const { data } = rescale(await decodeImage(sample.source), 32);
        const size = width * height * 3;
        expect(Buffer.compare(pixels.subarray(row * size, (row + 1) * size), data)).toBe(0);
      }
    }
  });

  it('keeps batches within pixels', async () => {
    const view = { testScale: 32, layout: 'whole' } as const;
    expect(outline(await collect({ ...view, batchPixels: 2 * 48 * 32 }))).toEqual([
      [32, 32, '0,3,6'],
      [32, 32, '9'],
      [48, 32, '1,4'],
      [48, 32, '7'],
      [32, 48, '2,5'],
      [32, 48, '8'],
    ]);
    expect((await collect({ ...view, batchPixels: 1 })).every((batch) => batch.samples.length === 1)).toBe(
      true,
    );
  });

  it('gives pixels untouched that have the asked size', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'val/a/1.png': await pngFile(70, 50, 8) });
    const { val } = await openDataset(folder);
    const [batch] = await collect({ testScale: 50, layout: 'whole' }, 1, val);
    expect(batch).toMatchObject({ width: 70, height: 50 });
    expect(Buffer.compare(batch?.pixels ?? new Uint8Array(), randomPixels(70, 50, 8))).toBe(0);
  });

  it('cuts central crops of all shapes into one batch', async () => {
    const [batch, ...more] = await collect({ testScale: 36, layout: { crop: 32 } });
    expect(more).toEqual([]);
    expect(batch?.samples).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const expected = new Uint8Array(10 * 32 * 32 * 3);
    for (const [row, { source }] of samples.entries()) {
      const image = rescale(await decodeImage(source), 36);
      copyCrop(image, 32, centralCrop(image, 32), expected.subarray(row * 32 * 32 * 3));
    }
    expect(Buffer.compare(batch?.pixels ?? new Uint8Array(), expected)).toBe(0);
    await expect(collect({ testScale: 30, layout: { crop: 32 } })).rejects.toMatchObject({
      code: 'scale-below-crop',
    });
  });

  it('may be left early', async () => {
    const images = new EvaluationImages({ samples, pool: imagePool({ count: 2 }) });
    for await (const batch of images.batches({ testScale: 32, layout: 'whole', batchPixels: 1 })) {
      expect(batch.samples).toEqual([0]);
      break;
    }
  });

  it('names an image that cannot be used', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'val/a/1.png': await pngFile(40, 40), 'val/a/2.png': 'text' });
    const { val } = await openDataset(folder);
    await expect(collect({ testScale: 32, layout: { crop: 32 } }, 2, val)).rejects.toMatchObject({
      code: 'broken-image',
      message: expect.stringContaining('2.png') as string,
    });
  });
});

describe('several passes', () => {
  it('answers again from its cache with the same bytes', async () => {
    const images = new EvaluationImages({ samples, pool: imagePool({ count: 2 }) });
    for (const testScale of [32, 48, 32, 48]) {
      const batches: EvaluationBatch[] = [];
      for await (const batch of images.batches({ testScale, layout: 'whole', batchPixels }))
        batches.push(batch);
      expect(batches).toEqual(await collect({ testScale, layout: 'whole' }));
    }
  });

  it('names an image that changed its size between two passes', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'val/a/1.png': await pngFile(40, 40) });
    const { val } = await openDataset(folder);
    const images = new EvaluationImages({ samples: val, pool: imagePool({ count: 1, cacheBytes: 0 }) });
    const first = () => images.batches({ testScale: 32, layout: 'whole', batchPixels }).next();
    await first();
    writeFiles(folder, { 'val/a/1.png': await pngFile(60, 40) });
    await expect(first()).rejects.toMatchObject({
      code: 'broken-image',
      message: expect.stringMatching(/1\.png.*48×32/) as string,
    });
  });
});
