import sharp from 'sharp';
import { decodeBmp } from './bmp.ts';
import type { SampleSource } from './dataset.ts';
import { decoderError, reasonOf } from './decoderError.ts';
import { ImageError } from './ImageError.ts';
import { readImageFile } from './imageFile.ts';
import { readHeader, type ImageHeader } from './imageHeader.ts';
import { decodePnm } from './pnm.ts';
import { toRgb, type RasterImage, type RgbImage } from './RgbImage.ts';

// The threads of the pool already run in parallel: libvips should use one thread for each image, and cache nothing.
sharp.concurrency(1);
sharp.cache(false);

/** The largest image that is decoded takes some seconds; what takes this long would never end. */
const mostSeconds = 120;
/** The brightest value in 8 bits of samples of 16 bits of which only 12 are used. */
const brightestOf12Bits = 15;
const endOfJpeg = Buffer.from([0xff, 0xd9]);

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
  return toRgb(await decodeRaster(source));
}

/** {@link decodeImage}, with one channel where the sample is grey pixels. @throws ImageError */
export async function decodeRaster(source: SampleSource): Promise<RasterImage> {
  return source.kind === 'pixels' ? rasterOf(source) : await decodeBytes(readImageFile(source.path));
}

/** @throws ImageError those of the header; `truncated`, `broken`, `unsupported-samples` */
export async function decodeBytes(bytes: Uint8Array): Promise<RgbImage> {
  return await decodeWith(bytes, await readHeader(bytes), 'error');
}

/**
 * Decodes an image whose header was read, as other decoders do: what is only irregular, of which ImageNet has some, passes,
 * and so does damage that does not end the image. With `warning` these fail.
 *
 * @throws ImageError `truncated`, `broken`, `unsupported-samples`
 */
export async function decodeWith(
  bytes: Uint8Array,
  header: ImageHeader,
  failOn: 'error' | 'warning',
): Promise<RgbImage> {
  if (header.format === 'bmp') return decodeBmp(bytes);
  if (header.format === 'pnm') return decodePnm(bytes);
  const image = await decodeWithVips(bytes, failOn).catch(async (error: unknown) => {
    if (!lacksOnlyItsEnd(header, error)) throw decoderError(bytes, error);
    // All of the picture may be there and only the end mark missing: with one, it then decodes without a warning.
    return await decodeWithVips(Buffer.concat([bytes, endOfJpeg]), 'warning').catch(() => {
      throw decoderError(bytes, error);
    });
  });
  if (header.bits === 16) refuseFewBits(image);
  return image;
}

/** Width and height as decoded, that is upright; reads only the header. @throws ImageError */
export async function imageShape(source: SampleSource): Promise<{ width: number; height: number }> {
  if (source.kind === 'pixels') return source;
  const { width, height } = await readHeader(readImageFile(source.path));
  return { width, height };
}

async function decodeWithVips(bytes: Uint8Array, failOn: 'error' | 'warning'): Promise<RgbImage> {
  const { data, info } = await sharp(bytes, { failOn, limitInputPixels: false })
    .timeout({ seconds: mostSeconds })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function lacksOnlyItsEnd({ format }: ImageHeader, error: unknown): boolean {
  return format === 'jpeg' && /premature end of JPEG/i.test(reasonOf(error));
}

/** Cameras and microscopes write 12 bits into 16 without scaling them up: the picture would be all but black. */
function refuseFewBits({ data }: RgbImage): void {
  if (data.some((value) => value > brightestOf12Bits)) return;
  if (data.every((value) => value === 0)) return;
  throw new ImageError(
    'unsupported-samples',
    'Samples of 16 bits of which only the lower are used, so that it would be almost black; save it with 8 bits.',
  );
}

function rasterOf({ data, width, height, channels }: Extract<SampleSource, { kind: 'pixels' }>): RasterImage {
  return channels === 1 ? { data, width, height, channels } : { data, width, height };
}
