/** Tar archives consist of blocks of so many bytes. */
export const tarBlock = 512;

/** Far more than a long name takes. */
export const longestHeader = 65_536;

export interface TarHeader {
  name: string;
  bytes: number;
  kind: 'file' | 'pax' | 'long-name' | 'other';
}

const kinds: Record<string, TarHeader['kind']> = { '0': 'file', '\0': 'file', x: 'pax', L: 'long-name' };

/**
 * Reads a header of the formats ustar, GNU and v7.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 *
 * @throws Error if it is none
 */
export function readTarHeader(block: Buffer): TarHeader {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (octal(block, 148, 8) !== sum) throw new Error('a header in it does not have its checksum');
  const isUstar = text(block, 257, 6).startsWith('ustar') && block[262] === 0;
  const prefix = isUstar ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    bytes: octal(block, 124, 12),
    kind: kinds[String.fromCharCode(block[156] ?? 0)] ?? 'other',
  };
}

/** The name and the size that a pax header gives: lines such as `27 path=a/long/name`. */
export function readPax(content: string): Partial<TarHeader> {
  const path = /^\d+ path=(.*)$/m.exec(content)?.[1];
  const size = /^\d+ size=(\d{1,15})$/m.exec(content)?.[1];
  return {
    ...(path !== undefined && { name: path }),
    ...(size !== undefined && { bytes: Number(size) }),
  };
}

function text(block: Buffer, at: number, length: number): string {
  return block.toString('utf8', at, at + length).replace(/\0.*$/s, '');
}

/** @throws Error for what is no such number, such as the sizes of files above 8 GB */
function octal(block: Buffer, at: number, length: number): number {
  const digits = text(block, at, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw new Error('a header in it holds a number that is none');
  return digits === '' ? 0 : parseInt(digits, 8);
}
