import type { RgbImage } from './RgbImage.ts';

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
export function copyCrop(image: RgbImage, crop: number, place: CropPlace, target: Uint8Array): void {
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
