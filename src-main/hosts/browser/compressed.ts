import { readFileSync, statSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** How a page may be sent: by the names of HTTP's `Content-Encoding`. */
export type Coding = 'br' | 'gzip';

/** What is worth it: fonts and pictures are compressed already. */
const worthwhile = /^(text\/|image\/svg|application\/json)/;

/** A middle way: an eighth more bytes than the best quality, in a twentieth of its time. */
const quality = 6;

/** The files of a window, compressed once and kept as long as they stay what they are. */
export class CompressedFiles {
  readonly #kept = new Map<string, { changedAt: number; bytes: Buffer }>();

  read(path: string, coding: Coding): Buffer {
    const changedAt = statSync(path).mtimeMs;
    const key = `${coding} ${path}`;
    const known = this.#kept.get(key);
    if (known?.changedAt === changedAt) return known.bytes;
    const plain = readFileSync(path);
    const bytes =
      coding === 'br'
        ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
        : gzipSync(plain);
    this.#kept.set(key, { changedAt, bytes });
    return bytes;
  }
}

/** The best coding that a browser takes (RFC 9110, 12.5.3) for a file of this type; null for none. */
export function codingFor(accepted: string | undefined, type: string): Coding | null {
  if (accepted === undefined || !worthwhile.test(type)) return null;
  const names = accepted
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
    .map(([name]) => name);
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : null;
}
