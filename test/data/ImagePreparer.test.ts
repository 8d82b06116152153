import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src-main/data/fingerprint.ts';
import { timesOf } from '../../src-main/data/imageFile.ts';
import { ImagePreparer } from '../../src-main/data/ImagePreparer.ts';
import type { ImageReference } from '../../src-main/data/imageTasks.ts';
import { pngFile, temporaryFolder } from './imageFiles.ts';

/** An image that was listed and inspected, and the question for its crop. */
async function inspectedImage() {
  const path = join(temporaryFolder(), '1.png');
  const bytes = await pngFile(40, 40);
  writeFileSync(path, bytes);
  const facts = statSync(path);
  const image: ImageReference = {
    list: 0,
    index: 0,
    name: 'a/1.png',
    source: { kind: 'file', path, bytes: facts.size },
    times: timesOf(facts),
    digest: digestOf(bytes),
  };
  const question = { images: [image], side: 40, crop: 32 };
  return { path, bytes, message: { id: 0, task: 'centralCrops', question } as const };
}

describe('an image in use', () => {
  it('is refused once its file holds another, although the old one is still in memory', async () => {
    const { path, message } = await inspectedImage();
    const preparer = new ImagePreparer(1e6);
    await preparer.answer(message);
    writeFileSync(path, await pngFile(40, 40, 2));
    await expect(preparer.answer(message)).rejects.toMatchObject({
      code: 'dataset-changed',
      message: expect.stringContaining('a/1.png') as string,
    });
  });

  it('may be touched or copied anew', async () => {
    const { path, bytes, message } = await inspectedImage();
    const preparer = new ImagePreparer(0);
    const first = await preparer.answer(message);
    utimesSync(path, 1, 1);
    expect(await preparer.answer(message)).toEqual(first);
    rmSync(path);
    writeFileSync(path, bytes);
    expect(await preparer.answer(message)).toEqual(first);
  });
});
