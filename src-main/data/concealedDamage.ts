import { decodeWith } from './decodeImage.ts';
import type { RgbImage } from './RgbImage.ts';
import { ImageError } from './ImageError.ts';
import type { ImageHeader } from './imageHeader.ts';
import { flawInScan } from './jpegScan.ts';

/** Compressed pixels look like noise, in which so many zeros in a row do not come about: a hole in the file does. */
const zerosOfHole = 256;
/** A decoded image, and what the decoder passed over in silence: a part of the picture that was made up; null if none. */
export interface StrictlyDecoded {
  image: RgbImage;
  damage: string | null;
}

/**
 * Decodes an image so strictly that every warning counts, and only if there is one again as for training: a good image is
 * decoded once.
 *
 * @throws ImageError as {@link decodeWith}
 */
export async function decodeStrictly(bytes: Uint8Array, header: ImageHeader): Promise<StrictlyDecoded> {
  try {
    const image = await decodeWith(bytes, header, 'warning');
    return { image, damage: flawIn(bytes, header) };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const image = await decodeWith(bytes, header, 'error');
    const { code, fact } = error.finding;
    const reason = code === 'truncated' ? 'its data end before the picture does' : fact.replace(/\.$/, '');
    return { image, damage: flawIn(bytes, header) ?? reason };
  }
}

function flawIn(bytes: Uint8Array, { format }: ImageHeader): string | null {
  if (format === 'jpeg') return flawInScan(bytes);
  return format === 'webp' && hasHole(bytes) ? 'a part of its data is all zeros' : null;
}

/** Whether a WebP, whose decoder never warns, has a long run of zeros within its pixels. */
function hasHole(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 12; offset + 8 <= file.length;) {
    const name = file.toString('latin1', offset, offset + 4);
    const length = file.readUInt32LE(offset + 4);
    const end = Math.min(file.length, offset + 8 + length);
    if (/^(VP8 |VP8L|ANMF)/.test(name) && file.subarray(offset + 8, end).includes(Buffer.alloc(zerosOfHole)))
      return true;
    offset = end + (length & 1);
  }
  return false;
}
