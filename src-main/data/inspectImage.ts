import type { Metadata } from 'sharp';
import type { SampleSource } from './dataset.ts';
import { decodeBytes, decodeImage, readHeader, type RgbImage } from './decodeImage.ts';
import type { FindingCode, ImageFinding } from './findings.ts';
import { digestOf } from './fingerprint.ts';
import { ImageError } from './ImageError.ts';
import { readImageFile } from './imageFile.ts';
import { imageMoments, type Moments } from './statistics.ts';

/** Decoding and rescaling an image of so many pixels takes a large part of a second. */
const largePixels = 24_000_000;
/** A smaller image shows almost nothing once it is enlarged. */
const tinySide = 16;
/** Rescaled to S = 256, an image more elongated than this would take over 12 MB. */
const longestRatio = 64;

export interface Inspection {
  findings: ImageFinding[];
  /** Of the bytes of the file, whether or not they are an image, or of the pixels. */
  digest: string;
  /** Sums over the pixels; null if the image cannot be used or the sums were not requested. */
  moments: Moments | null;
}

/** Decodes one sample in full and returns the findings. Never throws for a problem of the sample. */
export async function inspectImage(source: SampleSource, withMoments: boolean): Promise<Inspection> {
  if (source.kind === 'pixels') {
    const moments = withMoments ? imageMoments(await decodeImage(source)) : null;
    return { findings: [], digest: digestOf(source.data), moments };
  }
  let bytes: Uint8Array = new Uint8Array();
  try {
    bytes = readImageFile(source.path);
    const header = await readHeader(bytes);
    const image = await decodeBytes(bytes);
    refuseTooLong(image);
    const moments = withMoments ? imageMoments(image) : null;
    return { findings: notes(header, image), digest: digestOf(bytes), moments };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { findings: [error.finding], digest: digestOf(bytes), moments: null };
  }
}

/** @throws ImageError `too-long` */
export function refuseTooLong({ width, height }: RgbImage): void {
  if (Math.max(width, height) <= longestRatio * Math.min(width, height)) return;
  throw new ImageError('too-long', `${width}×${height}: one side is over ${longestRatio} times the other.`);
}

function notes(header: Metadata, { width, height }: RgbImage): ImageFinding[] {
  const seen: ImageFinding[] = [];
  const note = (code: FindingCode, fact: string) => seen.push({ code, severity: 'note', fact });
  if (header.space === 'cmyk') note('cmyk', 'CMYK; converted to sRGB.');
  if (header.space === 'b-w' || header.space === 'grey16') note('grey', 'Grey; converted to RGB.');
  if (header.depth !== 'uchar') note('16-bit', `${header.depth} samples; converted to 8 bits.`);
  if ((header.pages ?? 1) > 1) note('animated', `${header.pages ?? 0} frames or pages; the first is used.`);
  // A GIF always reports an alpha channel, whether or not any of its pixels is transparent.
  if (header.hasAlpha && header.format !== 'gif') note('transparent', 'Has transparency; laid on white.');
  if ((header.orientation ?? 1) > 1)
    note('rotated', `EXIF orientation ${header.orientation ?? 1}; turned upright.`);
  if (width * height > largePixels) note('large', `${width}×${height}: slow to decode.`);
  if (Math.min(width, height) < tinySide) note('tiny', `${width}×${height}: enlarged many times.`);
  return seen;
}
