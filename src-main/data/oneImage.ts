import sharp from 'sharp';
import { WorkbenchError } from '../foundation/errors.ts';
import { centralCrop, copyCrop } from './crop.ts';
import type { SampleSource } from './dataset.ts';
import { decodeBytes, decodeImage } from './decodeImage.ts';
import type { RgbImage } from './RgbImage.ts';
import { ImageError } from './ImageError.ts';
import { fetchImageFile } from './imageFile.ts';
import { refuseTooLong } from './inspectImage.ts';
import { rescale } from './rescale.ts';

/**
 * The central crop of one image rescaled to a smallest side (Sect. 3.2), by the same steps as for a dataset.
 *
 * @returns [crop, crop, 3]
 * @throws WorkbenchError `image-unreadable`
 */
export function centralCropOf(source: SampleSource, side: number, crop: number): Promise<RgbImage> {
  return usable(source, async () => {
    const decoded = await decodeImage(source);
    refuseTooLong(decoded);
    const image = rescale(decoded, side);
    const data = new Uint8Array(crop * crop * 3);
    copyCrop(image, crop, centralCrop(image, crop), data);
    return { data, width: crop, height: crop };
  });
}

/**
 * One image in its own size, to be rescaled as a dataset's are.
 *
 * @throws WorkbenchError `image-unreadable`
 */
export function decodedImageOf(source: SampleSource): Promise<RgbImage> {
  return usable(source, async () => {
    const decoded = await decodeImage(source);
    refuseTooLong(decoded);
    return decoded;
  });
}

/**
 * A small PNG of an image, made on libuv's threads, so that only its caller waits for it.
 *
 * @throws WorkbenchError `image-unreadable`
 */
export function thumbnailOf(source: SampleSource, side: number): Promise<Uint8Array<ArrayBuffer>> {
  return usable(source, async () => {
    const decoded =
      source.kind === 'pixels'
        ? await decodeImage(source)
        : await decodeBytes(await fetchImageFile(source.path));
    refuseTooLong(decoded);
    return await encodePng(rescale(decoded, side));
  });
}

/** Makes sure that bytes are a usable image. @throws WorkbenchError `image-unreadable` */
export async function requireImage(name: string, bytes: Uint8Array): Promise<void> {
  await usable({ kind: 'file', path: name, bytes: bytes.byteLength }, async () => {
    refuseTooLong(await decodeBytes(bytes));
  });
}

export async function encodePng({ data, width, height }: RgbImage): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
  );
}

async function usable<Result>(source: SampleSource, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const name = source.kind === 'file' ? source.path : 'of the dataset';
    throw new WorkbenchError(
      'image-unreadable',
      `The image ${name} cannot be used. ${error.message}`,
      'Choose another image, or mend the file.',
      { cause: error },
    );
  }
}
