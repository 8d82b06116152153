import sharp, { type Metadata } from 'sharp';
import { countText } from '../vocabulary/counts.ts';
import type { SampleSource } from './dataset.ts';
import { readImageFile } from './imageFile.ts';
import { ImageError } from './ImageError.ts';

/** Pixels `[height, width, 3]`: 8-bit sRGB, red first. */
export interface RgbImage {
  data: Uint8Array;
  width: number;
  height: number;
}

// The threads of the pool already run in parallel: libvips should use one thread for each image, and cache nothing.
sharp.concurrency(1);
sharp.cache(false);

/** Larger images are refused: decoded, each takes over 400 MB, and every thread may hold one. */
const maxPixels = 2 ** 27;
/** Fails on errors that lose pixels; mere irregularities, of which ImageNet has some, pass as in other decoders. */
const options = { failOn: 'error', limitInputPixels: maxPixels } as const;

/**
 * Decodes a whole sample to upright 8-bit sRGB: CMYK, grey and 16-bit are converted, embedded colour profiles and
 * the EXIF orientation applied, transparency laid on white, and only the first frame of an animation is read.
 *
 * The image is always decoded in full, never shrunk while a JPEG loads, so that it rescales to the same bytes whether
 * it comes from its file or from a cache of decoded images.
 *
 * @throws ImageError
 */
export async function decodeImage(source: SampleSource): Promise<RgbImage> {
  return source.kind === 'pixels' ? decodePixels(source) : await decodeBytes(readImageFile(source.path));
}

/** @throws ImageError `truncated`, `too-large`, `broken` */
export async function decodeBytes(bytes: Uint8Array): Promise<RgbImage> {
  try {
    const { data, info } = await sharp(bytes, options)
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (error) {
    throw imageError(bytes, error);
  }
}

/** The header of an image file. @throws ImageError */
export async function readHeader(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(bytes, options).metadata();
  } catch (error) {
    throw imageError(bytes, error);
  }
}

/** Width and height as decoded, that is upright; reads only the header. @throws ImageError */
export async function imageShape(source: SampleSource): Promise<{ width: number; height: number }> {
  if (source.kind === 'pixels') return source;
  return (await readHeader(readImageFile(source.path))).autoOrient;
}

function decodePixels({
  data,
  width,
  height,
  channels,
}: Extract<SampleSource, { kind: 'pixels' }>): RgbImage {
  if (channels === 3) return { data, width, height };
  const rgb = new Uint8Array(width * height * 3);
  data.forEach((value, pixel) => rgb.fill(value, pixel * 3, pixel * 3 + 3));
  return { data: rgb, width, height };
}

function imageError(bytes: Uint8Array, error: unknown): ImageError {
  // libvips repeats its message over several lines; the first is enough.
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  if (/pixel limit/i.test(reason)) {
    return new ImageError(
      'too-large',
      `More than ${countText(maxPixels)} pixels; such images are not decoded.`,
    );
  }
  return isCutOff(bytes, reason)
    ? new ImageError('truncated', 'The file ends before its image does.')
    : new ImageError('broken', `The image cannot be decoded: ${reason}`);
}

/** Whether a file that failed to decode lacks its end, by the decoder's message or by the format's own end mark. */
function isCutOff(bytes: Uint8Array, reason: string): boolean {
  if (/premature end|unexpected end|truncat|read past end/i.test(reason)) return true;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length > 8 && file.readUInt32BE(0) === 0x89504e47) return file.indexOf('IEND', -12, 'latin1') < 0;
  if (file.length > 12 && file.toString('latin1', 0, 4) === 'RIFF')
    return file.readUInt32LE(4) + 8 > file.length;
  return false;
}
