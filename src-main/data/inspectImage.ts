import type { SampleSource } from './dataset.ts';
import { decodeStrictly } from './concealedDamage.ts';
import { decodeImage } from './decodeImage.ts';
import type { RgbImage } from './RgbImage.ts';
import type { FindingCode, ImageFinding } from './findings.ts';
import { digestOf } from './fingerprint.ts';
import { ImageError } from './ImageError.ts';
import { readImageFile } from './imageFile.ts';
import { readHeader, type ImageHeader } from './imageHeader.ts';
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
    const { image, damage } = await decodeStrictly(bytes, header);
    refuseTooLong(image);
    const moments = withMoments ? imageMoments(image) : null;
    return { findings: notes(header, damage), digest: digestOf(bytes), moments };
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

function notes(header: ImageHeader, damage: string | null): ImageFinding[] {
  const { width, height, space, bits, pages, hasAlpha, orientation } = header;
  const seen: ImageFinding[] = [];
  const note = (code: FindingCode, fact: string) => seen.push({ code, severity: 'note', fact });
  if (damage !== null) note('damaged', `Decoded, but a part of the picture may be made up: ${damage}.`);
  if (space === 'cmyk') note('cmyk', 'CMYK; converted to sRGB.');
  if (space === 'grey') note('grey', 'Grey; converted to RGB.');
  if (bits === 16) note('16-bit', '16 bits a sample; converted to 8.');
  if (pages > 1) note('animated', `${pages} frames or pages; the first is used.`);
  if (hasAlpha) note('transparent', 'Has transparency; laid on white.');
  if (orientation > 1) note('rotated', `EXIF orientation ${orientation}; turned upright.`);
  if (width * height > largePixels) note('large', `${width}×${height}: slow to decode.`);
  if (Math.min(width, height) < tinySide) note('tiny', `${width}×${height}: enlarged many times.`);
  return seen;
}
