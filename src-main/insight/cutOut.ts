import type { RgbImage } from '../data/RgbImage.ts';
import type { Region } from './receptiveFields.ts';

/** Copies a region of a picture. */
export function cutOut(picture: RgbImage, { left, top, width, height }: Region): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * picture.width + left) * 3;
    data.set(picture.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { data, width, height };
}
