import { ImageError } from './ImageError.ts';
import type { RgbImage } from './RgbImage.ts';

/** What the header of a BMP file says. */
export interface BmpHeader {
  width: number;
  height: number;
  bits: number;
  /** Whether the first row of the file is the picture's last, as is usual. */
  isBottomUp: boolean;
  /** Which bits of a pixel are red, green, blue and opacity; null for the usual bytes and for palettes. */
  masks: [red: number, green: number, blue: number, alpha: number] | null;
  /** Where the palette begins, how many colours it has, and how many bytes each. */
  palette: { offset: number; colours: number; bytes: 3 | 4 };
  /** Where the pixels begin. */
  offset: number;
}

const plain = 0;
const bitFields = 3;
const alphaBitFields = 6;
/** The usual masks of 16-bit pixels. */
const five = [0x7c00, 0x03e0, 0x001f, 0] as const;

/**
 * Reads the header of an uncompressed BMP of any version.
 *
 * @throws ImageError `broken`, `truncated`; `unsupported-samples` if it is compressed
 */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 26) throw cutOff();
  const size = file.readUInt32LE(14);
  const isOld = size === 12;
  if (file.length < 14 + size || (!isOld && size < 40)) throw cutOff();
  const rows = isOld ? file.readUInt16LE(20) : file.readInt32LE(22);
  const width = isOld ? file.readUInt16LE(18) : file.readInt32LE(18);
  const bits = file.readUInt16LE(isOld ? 24 : 28);
  const compression = isOld ? plain : file.readUInt32LE(30);
  if (width <= 0 || rows === 0 || ![1, 4, 8, 16, 24, 32].includes(bits)) {
    throw new ImageError('broken', `A header of ${width}×${rows} pixels of ${bits} bits.`);
  }
  if (![plain, bitFields, alphaBitFields].includes(compression)) {
    throw new ImageError('unsupported-samples', 'A compressed BMP; save it without compression.');
  }
  const hasMasks = compression !== plain && bits >= 16;
  // Masks are in a long header, or follow a short one.
  const maskBytes = hasMasks && size === 40 ? (compression === alphaBitFields ? 16 : 12) : 0;
  const maskCount = hasMasks && (size >= 56 || compression === alphaBitFields) ? 4 : 3;
  if (file.length < 54 + (hasMasks ? 4 * maskCount : 0) && !isOld) throw cutOff();
  const maskAt = (index: number) => (index < maskCount ? file.readUInt32LE(54 + 4 * index) : 0);
  const colours = bits > 8 ? 0 : (isOld ? 0 : file.readUInt32LE(46)) || 2 ** bits;
  return {
    width,
    height: Math.abs(rows),
    bits,
    isBottomUp: rows > 0,
    masks: hasMasks ? [maskAt(0), maskAt(1), maskAt(2), maskAt(3)] : bits === 16 ? [...five] : null,
    palette: { offset: 14 + size + maskBytes, colours: Math.min(colours, 2 ** bits), bytes: isOld ? 3 : 4 },
    offset: file.readUInt32LE(10),
  };
}

/** Decodes an uncompressed BMP; what is transparent is laid on white. @throws ImageError as {@link readBmpHeader} */
export function decodeBmp(bytes: Uint8Array): RgbImage {
  const header = readBmpHeader(bytes);
  const { width, height, bits, isBottomUp, offset } = header;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  // Some programs leave out the padding of the last row.
  if (file.length < offset + rowBytes * (height - 1) + Math.ceil((width * bits) / 8)) throw cutOff();
  const write = pixelWriter(file, header);
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = offset + rowBytes * (isBottomUp ? height - 1 - row : row);
    for (let column = 0; column < width; column++) write(start, column, data, (row * width + column) * 3);
  }
  return { data, width, height };
}

type PixelWriter = (row: number, column: number, data: Uint8Array, at: number) => void;

function pixelWriter(file: Buffer, { bits, masks, palette }: BmpHeader): PixelWriter {
  if (masks !== null) return maskedWriter(file, bits, masks);
  if (bits > 8) {
    return (row, column, data, at) => {
      const pixel = row + column * (bits / 8);
      for (let channel = 0; channel < 3; channel++) data[at + channel] = file[pixel + 2 - channel] ?? 0;
    };
  }
  const perByte = 8 / bits;
  const { offset, colours, bytes } = palette;
  if (file.length < offset + colours * bytes) throw cutOff();
  return (row, column, data, at) => {
    const byte = file[row + Math.floor(column / perByte)] ?? 0;
    const index = (byte >> (8 - bits * ((column % perByte) + 1))) & (2 ** bits - 1);
    if (index >= colours)
      throw new ImageError('broken', `A pixel of colour ${index}, of ${colours} in the palette.`);
    for (let channel = 0; channel < 3; channel++) {
      data[at + channel] = file[offset + index * bytes + 2 - channel] ?? 0;
    }
  };
}

function maskedWriter(file: Buffer, bits: number, masks: NonNullable<BmpHeader['masks']>): PixelWriter {
  const [red, green, blue, alpha] = masks.map(channelReader);
  return (row, column, data, at) => {
    const pixel = bits === 16 ? file.readUInt16LE(row + column * 2) : file.readUInt32LE(row + column * 4);
    const opacity = masks[3] === 0 ? 1 : (alpha?.(pixel) ?? 1);
    [red, green, blue].forEach((read, channel) => {
      data[at + channel] = Math.round(255 * (1 - opacity + opacity * (read?.(pixel) ?? 0)));
    });
  };
}

/** Reads the share of white, 0–1, from the bits of a mask. */
function channelReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => ((pixel & mask) >>> shift) / most;
}

function cutOff(): ImageError {
  return new ImageError('truncated', 'The file ends before its image does.');
}
