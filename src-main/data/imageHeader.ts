import sharp from 'sharp';
import { bytesText } from '../vocabulary/bytes.ts';
import { countText } from '../vocabulary/counts.ts';
import { readBmpHeader } from './bmp.ts';
import { ImageError } from './ImageError.ts';
import { decoderError } from './decoderError.ts';
import { formatOf, type ImageFormat } from './imageFormat.ts';
import { readPnmHeader } from './pnm.ts';

/** What is known of an image before its pixels are decoded. */
export interface ImageHeader {
  format: ImageFormat;
  /** As it is shown, that is turned upright. */
  width: number;
  height: number;
  space: 'grey' | 'cmyk' | 'colour';
  bits: 8 | 16;
  hasAlpha: boolean;
  /** Frames or pages, of which the first is used. */
  pages: number;
  /** 1–8, as in EXIF. */
  orientation: number;
}

/** Larger images are refused: decoded, each takes over 400 MB, and every thread may hold one. */
const maxPixels = 2 ** 27;
/** What a decoder may hold of an image at once: that many pixels of four channels of 8 bits. */
const maxDecodedBytes = 2 ** 29;
/** Each 8×8 block of a JPEG takes one bit at least. */
const pixelsPerByteOfJpeg = 512;

/** Samples that have a known black and white; others would have to be guessed, and come out black or clipped. */
const knownDepths: Record<string, 8 | 16> = { uchar: 8, ushort: 16 };

/**
 * Reads the header of an image and refuses what is of no known format, too large, of samples without a known range, or
 * says more than its file can hold.
 *
 * @throws ImageError `unknown-format`, `unsupported-samples`, `too-large`, `truncated`, `broken`
 */
export async function readHeader(bytes: Uint8Array): Promise<ImageHeader> {
  const format = formatOf(bytes);
  switch (format) {
    case undefined:
      throw new ImageError(
        'unknown-format',
        'The content is no image of a known format: JPEG, PNG, WebP, GIF, TIFF, AVIF, BMP or PNM.',
      );
    case 'bmp': {
      const { width, height, masks } = readBmpHeader(bytes);
      const hasAlpha = (masks?.[3] ?? 0) !== 0;
      return bounded({ ...plainHeader, format, width, height, hasAlpha }, width * height * 3);
    }
    case 'pnm': {
      const { width, height, channels, white } = readPnmHeader(bytes);
      const space = channels === 1 ? 'grey' : 'colour';
      const bits = white > 255 ? 16 : 8;
      return bounded({ ...plainHeader, format, width, height, space, bits }, width * height * channels * 2);
    }
    default:
      return await readVipsHeader(bytes, format);
  }
}

const plainHeader = { space: 'colour', bits: 8, hasAlpha: false, pages: 1, orientation: 1 } as const;

async function readVipsHeader(bytes: Uint8Array, format: ImageFormat): Promise<ImageHeader> {
  const header = await sharp(bytes, { failOn: 'error', limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw decoderError(bytes, error);
    });
  const { width, height, channels, depth, isProgressive, autoOrient } = header;
  const bits = knownDepths[depth];
  if (bits === undefined || channels > 4) {
    throw new ImageError(
      'unsupported-samples',
      bits === undefined
        ? `Samples of type ${depth}, which do not say what is black and what is white; save it with 8 or 16 bits.`
        : `${channels} channels; save it with 1 or 3, and perhaps transparency.`,
    );
  }
  if (format === 'jpeg' && bytes.length * pixelsPerByteOfJpeg < width * height) {
    throw new ImageError(
      'truncated',
      `The header states ${width}×${height} pixels, which a file of ${bytesText(bytes.length)} cannot hold.`,
    );
  }
  const grey = header.space === 'b-w' || header.space === 'grey16';
  return bounded(
    {
      format,
      ...autoOrient,
      space: header.space === 'cmyk' ? 'cmyk' : grey ? 'grey' : 'colour',
      bits,
      // A GIF always reports an alpha channel, whether or not any of its pixels is transparent.
      hasAlpha: header.hasAlpha && format !== 'gif',
      pages: header.pages ?? 1,
      orientation: header.orientation ?? 1,
    },
    // An image that comes in several passes is held as a whole, with twice the bits of a sample.
    width * height * channels * (bits / 8) * (isProgressive ? 2 : 1),
  );
}

/** @param decodedBytes what decoding takes at least */
function bounded(header: ImageHeader, decodedBytes: number): ImageHeader {
  const { width, height } = header;
  if (width * height > maxPixels) {
    throw new ImageError(
      'too-large',
      `More than ${countText(maxPixels)} pixels; such images are not decoded.`,
    );
  }
  if (decodedBytes > maxDecodedBytes) {
    throw new ImageError(
      'too-large',
      `${width}×${height}: decoding takes more than ${bytesText(maxDecodedBytes)}; such images are not decoded.`,
    );
  }
  return header;
}
