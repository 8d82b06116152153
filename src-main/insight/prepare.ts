import type { RgbImage } from '../data/RgbImage.ts';
import type { SampleSource } from '../data/dataset.ts';
import { centralCropOf } from '../data/oneImage.ts';
import { imagesFromPixels } from '../engine/ops/images.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { Weights } from './Checkpoints.ts';
import type { Pace } from './Pace.ts';

/** How images are prepared for a net: the smallest side before the central crop, and the deviation. */
export interface View {
  scale: number;
  deviation: readonly number[];
}

/** Number of images that go through a net at once. Each layer's output is kept: 61 MB per image for net D. */
const batch = 8;

/** @throws WorkbenchError `image-unreadable` */
export function cropFor({ parameters }: Weights, { scale }: View, source: SampleSource): Promise<RgbImage> {
  return centralCropOf(source, scale, parameters.architecture.crop);
}

/** Crops as a net's input: [crops, crop, crop, 3], owned by the caller. */
export function tensorOf(
  { parameters, mean }: Weights,
  { deviation }: View,
  crops: readonly RgbImage[],
): Tensor {
  const side = parameters.architecture.crop;
  const pixels = new Uint8Array(crops.length * side * side * 3);
  for (const [index, { data }] of crops.entries()) pixels.set(data, index * side * side * 3);
  const offsets = Float32Array.from(crops.flatMap(() => mean.map((value) => -value)));
  return imagesFromPixels(pixels, [crops.length, side, side], offsets, deviation);
}

/**
 * Shows many images in batches. Unreadable images are left out.
 *
 * @param show receives [images, crop, crop, 3], disposed afterwards, and the images' indices among the sources
 * @returns how many were shown
 * @throws WorkbenchError `image-unreadable` if none can be read
 */
export async function forEachBatch(
  weights: Weights,
  { images: sources, ...view }: View & { images: readonly SampleSource[] },
  pace: Pace,
  show: (images: Tensor, places: readonly number[]) => void,
): Promise<number> {
  let shown = 0;
  let unreadable: WorkbenchError | undefined;
  for (let start = 0; start < sources.length; start += batch) {
    const crops: RgbImage[] = [];
    const places: number[] = [];
    for (const [index, source] of sources.slice(start, start + batch).entries()) {
      try {
        crops.push(await cropFor(weights, view, source));
        places.push(start + index);
      } catch (error) {
        if (!(error instanceof WorkbenchError && error.code === 'image-unreadable')) throw error;
        unreadable = error;
      }
    }
    if (crops.length > 0) {
      using images = tensorOf(weights, view, crops);
      show(images, places);
      shown += crops.length;
    }
    await pace.after(Math.min(start + batch, sources.length), sources.length);
  }
  if (shown === 0 && unreadable !== undefined) throw unreadable;
  return shown;
}
