/** The formats that are read, whatever the file is called. */
export const imageFormats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif', 'bmp', 'pnm'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** What each format begins with, in Latin-1; a dot stands for any byte. */
const beginnings: readonly (readonly [ImageFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n.\n/s],
  ['webp', /^RIFF.{4}WEBP/s],
  ['gif', /^GIF8[79]a/],
  ['tiff', /^(II[*+]\0|MM\0[*+])/],
  ['avif', /^.{4}ftyp(avif|avis|mif1|miaf|msf1)/s],
  ['bmp', /^BM.{4}/s],
  ['pnm', /^P[1-6][\s#]/],
];

/**
 * The format of an image by its first bytes; undefined for any other, such as SVG, which is a program that draws and may
 * draw for ever.
 */
export function formatOf(bytes: Uint8Array): ImageFormat | undefined {
  const beginning = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString(
    'latin1',
  );
  return beginnings.find(([, pattern]) => pattern.test(beginning))?.[0];
}
