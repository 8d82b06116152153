import type { GreyImage, RasterImage } from './RgbImage.ts';

/** A square part of an image, by its upper left corner, mirrored or not. */
export interface CropPlace {
  top: number;
  left: number;
  flip: boolean;
}

/** The central crop; where the margins cannot be equal, the upper or left one is the smaller. */
export function centralCrop({ width, height }: { width: number; height: number }, crop: number): CropPlace {
  return { top: (height - crop) >> 1, left: (width - crop) >> 1, flip: false };
}

/** Copies `[crop, crop, 3]` pixels of an image to the beginning of `target`. */
export function copyCrop(image: RasterImage, crop: number, place: CropPlace, target: Uint8Array): void {
  if (image.channels === 1) {
    copyGreyCrop(image, crop, place, target);
    return;
  }
  const { data, width } = image;
  const rowBytes = crop * 3;
  for (let row = 0; row < crop; row++) {
    const start = ((place.top + row) * width + place.left) * 3;
    const to = row * rowBytes;
    if (!place.flip) {
      target.set(data.subarray(start, start + rowBytes), to);
      continue;
    }
    for (let from = start + rowBytes - 3, into = to; from >= start; from -= 3, into += 3) {
      target[into] = data[from] ?? 0;
      target[into + 1] = data[from + 1] ?? 0;
      target[into + 2] = data[from + 2] ?? 0;
    }
  }
}

/** Three equal channels of each pixel. */
function copyGreyCrop(
  { data, width }: GreyImage,
  crop: number,
  { top, left, flip }: CropPlace,
  target: Uint8Array,
): void {
  const step = flip ? -1 : 1;
  let into = 0;
  for (let row = 0; row < crop; row++) {
    let from = (top + row) * width + (flip ? left + crop - 1 : left);
    for (let pixel = 0; pixel < crop; pixel++, from += step) {
      const value = data[from] ?? 0;
      target[into++] = value;
      target[into++] = value;
      target[into++] = value;
    }
  }
}
