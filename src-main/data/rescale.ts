import sharp from 'sharp';
import type { RgbImage } from './RgbImage.ts';

/**
 * How pixels are interpolated: cubic (Catmull-Rom, a = −½), widened when shrinking so that it does not alias, as in
 * MATLAB's `imresize`. It is part of the protocol of a result: other kernels give slightly different errors.
 */
export const rescaleKernel = 'cubic';

/**
 * The size of an image rescaled isotropically so that its smallest side is exactly `side` (S or Q); the other side
 * is rounded to whole pixels.
 */
export function rescaledSize(width: number, height: number, side: number): { width: number; height: number } {
  const smallest = Math.min(width, height);
  const other = (length: number) => Math.max(side, Math.round((length * side) / smallest));
  return width <= height ? { width: side, height: other(height) } : { width: other(width), height: side };
}

/** Rescales so that the smallest side is `side`; an image that already has that size is returned unchanged. */
export async function rescale(image: RgbImage, side: number): Promise<RgbImage> {
  if (Math.min(image.width, image.height) === side) return image;
  const { width, height } = rescaledSize(image.width, image.height, side);
  const data = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: rescaleKernel })
    .raw()
    .toBuffer();
  return { data, width, height };
}
