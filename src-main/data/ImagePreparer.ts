import { WorkbenchError } from '../foundation/errors.ts';
import { drawCrop, drawScale } from './augmentation.ts';
import { centralCrop, copyCrop, type CropPlace } from './crop.ts';
import { decodeRaster, imageShape } from './decodeImage.ts';
import { toRgb, type RasterImage } from './RgbImage.ts';
import { ImageCache } from './ImageCache.ts';
import { ImageError } from './ImageError.ts';
import type { ImageQuestion, ImageReference, ImageTasks } from './imageTasks.ts';
import { inspectImage } from './inspectImage.ts';
import { requireUnchanged } from './requireUnchanged.ts';
import type { Size } from './resample.ts';
import { rescale, rescaledPart, rescaledSize } from './rescale.ts';
import { addMoments, noMoments } from './statistics.ts';

type Question<Task extends keyof ImageTasks> = ImageTasks[Task]['question'];

/** Does the tasks of one thread of the pool, one image after the other, with its own cache. */
export class ImagePreparer {
  /** For each list of images one, so that a large training set leaves room for the validation images. */
  readonly #caches = new Map<number, ImageCache>();
  readonly #cacheBytes: number;

  /** @param cacheBytes for each list of images */
  constructor(cacheBytes: number) {
    this.#cacheBytes = cacheBytes;
  }

  /** @throws WorkbenchError `broken-image` naming the image */
  async answer(message: ImageQuestion): Promise<ImageTasks[keyof ImageTasks]['answer']> {
    switch (message.task) {
      case 'trainingCrops':
        return await this.#trainingCrops(message.question);
      case 'centralCrops':
        return await this.#centralCrops(message.question);
      case 'wholeImages':
        return await this.#wholeImages(message.question);
      case 'shapes':
        return await Promise.all(
          message.question.images.map((image) => usable(image, () => imageShape(image.source))),
        );
      case 'forget':
        this.#caches.delete(message.question.list);
        return null;
      case 'inspect':
        return await inspect(message.question);
    }
  }

  async #trainingCrops({ images, epoch, augmentation }: Question<'trainingCrops'>) {
    const { crop, trainScale } = augmentation;
    const pixels = new Uint8Array(images.length * crop * crop * 3);
    for (const [row, reference] of images.entries()) {
      const side = drawScale(augmentation, epoch, reference.index);
      const place = (size: Size) => drawCrop(augmentation, epoch, reference.index, size);
      const target = pixels.subarray(row * crop * crop * 3);
      if (typeof trainScale === 'number') {
        const image = await this.#rescaled(reference, side);
        copyCrop(image, crop, place(image), target);
      } else {
        copyRescaledCrop(await this.#decoded(reference), { side, crop, place }, target);
      }
    }
    return pixels;
  }

  async #centralCrops({ images, side, crop }: Question<'centralCrops'>) {
    const pixels = new Uint8Array(images.length * crop * crop * 3);
    for (const [row, reference] of images.entries()) {
      const { data } = await this.#centralCrop(reference, side, crop);
      pixels.set(data, row * crop * crop * 3);
    }
    return pixels;
  }

  async #wholeImages({ images, side, width, height }: Question<'wholeImages'>) {
    const pixels = new Uint8Array(images.length * height * width * 3);
    for (const [row, reference] of images.entries()) {
      const image = await this.#rescaled(reference, side);
      if (image.width !== width || image.height !== height) {
        const fact = `It is no longer of the size it had: ${image.width}×${image.height}, not ${width}×${height}.`;
        await usable(reference, () => Promise.reject(new ImageError('broken', fact)));
      }
      pixels.set(toRgb(image).data, row * height * width * 3);
    }
    return pixels;
  }

  /** At a fixed scale the rescaled image is the same every epoch, so that is cached. */
  async #rescaled(reference: ImageReference, side: number): Promise<RasterImage> {
    return await this.#kept(`${reference.index}@${side}`, reference, async () =>
      rescale(await decode(reference), side),
    );
  }

  /** As is the central crop, of which the epochs' validations need nothing else. */
  async #centralCrop(reference: ImageReference, side: number, crop: number): Promise<RasterImage> {
    return await this.#kept(`${reference.index}@${side}/${crop}`, reference, async () => {
      const data = new Uint8Array(crop * crop * 3);
      const place = (size: Size) => centralCrop(size, crop);
      copyRescaledCrop(await decode(reference), { side, crop, place }, data);
      return { data, width: crop, height: crop };
    });
  }

  /** At a jittered scale only the decoded original is the same, so that is cached. */
  async #decoded(reference: ImageReference): Promise<RasterImage> {
    return await this.#kept(`${reference.index}`, reference, () => decode(reference));
  }

  /** From the cache, or made: but only while the image is the one that was inspected. */
  async #kept(
    key: string,
    reference: ImageReference,
    make: () => Promise<RasterImage>,
  ): Promise<RasterImage> {
    await usable(reference, () => {
      requireUnchanged(reference);
    });
    const cache = this.#caches.get(reference.list) ?? new ImageCache(this.#cacheBytes);
    this.#caches.set(reference.list, cache);
    return await cache.get(key, make);
  }
}

/** Copies a crop of an image that is rescaled no further than the crop needs. @param place where, in the rescaled image */
function copyRescaledCrop(
  image: RasterImage,
  { side, crop, place }: { side: number; crop: number; place: (size: Size) => CropPlace },
  target: Uint8Array,
): void {
  const at = place(rescaledSize(image.width, image.height, side));
  if (Math.min(image.width, image.height) === side) {
    copyCrop(image, crop, at, target);
    return;
  }
  const part = rescaledPart(image, side, { left: at.left, top: at.top, width: crop, height: crop });
  copyCrop(part, crop, { left: 0, top: 0, flip: at.flip }, target);
}

async function inspect({ images, withMoments }: Question<'inspect'>) {
  const findings = [];
  const digests = [];
  const moments = noMoments();
  for (const { source } of images) {
    const inspection = await inspectImage(source, withMoments);
    findings.push(inspection.findings);
    digests.push(inspection.digest);
    if (inspection.moments !== null) addMoments(moments, inspection.moments);
  }
  return { findings, digests, moments };
}

function decode(reference: ImageReference): Promise<RasterImage> {
  return usable(reference, () => decodeRaster(reference.source));
}

/** Names an image that turns out unusable although the dataset was checked. */
async function usable<Result>(
  { name, source }: ImageReference,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    throw new WorkbenchError(
      'broken-image',
      `The image ${source.kind === 'file' ? source.path : name} cannot be used. ${error.message}`,
      'Restore the file, or check the dataset again with "npm run -s vgg -- data check"; the run can then be resumed.',
      { cause: error },
    );
  }
}
