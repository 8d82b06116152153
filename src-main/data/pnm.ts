import { ImageError } from './ImageError.ts';
import type { RgbImage } from './RgbImage.ts';

/** What the header of a portable bitmap, greymap or pixmap says. */
export interface PnmHeader {
  width: number;
  height: number;
  /** 1 for black-and-white and grey, 3 for colour. */
  channels: 1 | 3;
  /** The value of white; up to 65,535, two bytes each above 255. */
  white: number;
  kind: 'bits' | 'values';
  /** Whether the pixels are written as numbers in text. */
  isText: boolean;
  /** Where the pixels begin. */
  offset: number;
}

/** Pixels `[height, width, 3]` as a P6 file: no compression, whose bytes would differ between versions of a library. */
export function ppmFile({ width, height, data }: RgbImage): Buffer {
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1'), data]);
}

/**
 * Reads the header of P1 to P6: numbers with white space and comments between, and one white space after the last.
 *
 * @throws ImageError `broken`, `truncated`
 */
export function readPnmHeader(bytes: Uint8Array): PnmHeader {
  const version = (bytes[1] ?? 0) - 48;
  const isBits = version === 1 || version === 4;
  const reader = new Numbers(bytes, 2);
  const width = reader.next();
  const height = reader.next();
  const white = isBits ? 1 : reader.next();
  if (width === 0 || height === 0 || white === 0 || white > 65_535) {
    throw new ImageError('broken', `A header of ${width}×${height} pixels up to ${white}.`);
  }
  return {
    width,
    height,
    channels: version === 3 || version === 6 ? 3 : 1,
    white,
    kind: isBits ? 'bits' : 'values',
    isText: version <= 3,
    offset: reader.offset + 1,
  };
}

/** Decodes P1 to P6 to 8 bits. @throws ImageError `broken`, `truncated` */
export function decodePnm(bytes: Uint8Array): RgbImage {
  const header = readPnmHeader(bytes);
  const { width, height, channels, white } = header;
  const values = header.isText ? textValues(bytes, header) : binaryValues(bytes, header);
  const scale = 255 / white;
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = values[channels === 1 ? pixel : pixel * 3 + channel] ?? 0;
      // In a bitmap 1 is black.
      data[pixel * 3 + channel] = header.kind === 'bits' ? 255 * (1 - value) : Math.round(value * scale);
    }
  }
  return { data, width, height };
}

function binaryValues(bytes: Uint8Array, header: PnmHeader): ArrayLike<number> {
  const { width, height, channels, white, offset, kind } = header;
  const rowBytes = kind === 'bits' ? Math.ceil(width / 8) : width * channels * (white > 255 ? 2 : 1);
  const pixels = bytes.subarray(offset, offset + rowBytes * height);
  if (pixels.length < rowBytes * height) throw cutOff();
  if (kind === 'bits') {
    return Uint8Array.from({ length: width * height }, (_, index) => {
      const column = index % width;
      const byte = pixels[Math.floor(index / width) * rowBytes + (column >> 3)] ?? 0;
      return (byte >> (7 - (column & 7))) & 1;
    });
  }
  if (white <= 255) return pixels;
  const view = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  return Uint16Array.from({ length: pixels.length / 2 }, (_, index) => view.readUInt16BE(index * 2));
}

function textValues(
  bytes: Uint8Array,
  { width, height, channels, white, kind, offset }: PnmHeader,
): Uint16Array {
  const values = width * height * channels;
  if (bytes.length - offset + 2 < values * (kind === 'bits' ? 1 : 2)) throw cutOff();
  const reader = new Numbers(bytes, offset - 1);
  // In text a pixel of a bitmap is one digit, with or without space between.
  const next = kind === 'bits' ? () => reader.digit() : () => reader.next();
  return Uint16Array.from({ length: values }, () => Math.min(white, next()));
}

/** Whole numbers in text. */
class Numbers {
  offset: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  next(): number {
    this.#skipSpace();
    let value = 0;
    const start = this.offset;
    for (; isDigit(this.#bytes[this.offset]) && value < 1e9; this.offset++) {
      value = value * 10 + (this.#bytes[this.offset] ?? 0) - 48;
    }
    if (this.offset === start) throw this.#noNumber();
    return value;
  }

  digit(): number {
    this.#skipSpace();
    const byte = this.#bytes[this.offset];
    if (!isDigit(byte)) throw this.#noNumber();
    this.offset++;
    return (byte ?? 0) - 48;
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.offset];
      if (byte === 35) {
        while (this.offset < this.#bytes.length && this.#bytes[this.offset] !== 10) this.offset++;
      } else if (byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13)) this.offset++;
      else return;
    }
  }

  #noNumber(): ImageError {
    return this.offset >= this.#bytes.length
      ? cutOff()
      : new ImageError('broken', 'The image cannot be decoded: no number where one must be.');
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function cutOff(): ImageError {
  return new ImageError('truncated', 'The file ends before its image does.');
}
