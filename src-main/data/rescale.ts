import { resample, type Part, type Size } from './resample.ts';
import type { RasterImage } from './RgbImage.ts';

/**
 * The size of an image rescaled isotropically so that its smallest side is exactly `side` (S or Q); the other side
 * is rounded to whole pixels.
 */
export function rescaledSize(width: number, height: number, side: number): Size {
  const smallest = Math.min(width, height);
  const other = (length: number) => Math.max(side, Math.round((length * side) / smallest));
  return width <= height ? { width: side, height: other(height) } : { width: other(width), height: side };
}

/**
 * Rescales so that the smallest side is `side`; an image that already has that size is returned unchanged. How pixels are
 * interpolated (cubic.ts) is part of the protocol of a result: other kernels give slightly different errors.
 */
export function rescale<Image extends RasterImage>(image: Image, side: number): Image {
  if (Math.min(image.width, image.height) === side) return image;
  const size = rescaledSize(image.width, image.height, side);
  return resample(image, size, { left: 0, top: 0, ...size });
}

/** A part of what {@link rescale} gives, for the price of that part. */
export function rescaledPart<Image extends RasterImage>(image: Image, side: number, part: Part): Image {
  return resample(image, rescaledSize(image.width, image.height, side), part);
}
