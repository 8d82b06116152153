import { readFileSync, statSync, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { bytesText } from '../vocabulary/bytes.ts';
import { ImageError } from './ImageError.ts';

/** When a file was last changed, in milliseconds: its content, and also its name, owner or place on the disk. */
export interface FileTimes {
  modified: number;
  changed: number;
}

/** No image that is small enough to be decoded has a larger file. */
const mostBytes = 2 ** 30;

export function timesOf({ mtimeMs, ctimeMs }: Stats): FileTimes {
  return { modified: mtimeMs, changed: ctimeMs };
}

/**
 * The content of an image file. Only regular files are opened: a pipe would never end, and a device may do anything.
 * Synchronous, since it runs on the pool's own threads.
 *
 * @throws ImageError `unreadable`, `too-large`, `empty-file`
 */
export function readImageFile(path: string): Uint8Array {
  try {
    requireImageFile(statSync(path));
    return readFileSync(path);
  } catch (error) {
    throw unreadable(error);
  }
}

/** As {@link readImageFile}, without keeping the thread. */
export async function fetchImageFile(path: string): Promise<Uint8Array> {
  try {
    requireImageFile(await stat(path));
    return await readFile(path);
  } catch (error) {
    throw unreadable(error);
  }
}

function requireImageFile(facts: Stats): void {
  if (!facts.isFile()) throw new ImageError('unreadable', 'Not a regular file; it is not opened.');
  if (facts.size === 0) throw new ImageError('empty-file', 'The file is empty (0 bytes).');
  if (facts.size > mostBytes) {
    throw new ImageError('too-large', `The file has ${bytesText(facts.size)}; such files are not decoded.`);
  }
}

function unreadable(error: unknown): ImageError {
  if (error instanceof ImageError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const reasons: Record<string, string> = {
    ENOENT: 'The file is gone, or the link leads nowhere.',
    EACCES: 'No permission to read the file.',
    EPERM: 'No permission to read the file.',
    ELOOP: 'The link leads in a circle.',
  };
  return new ImageError('unreadable', reasons[code] ?? `The file cannot be read (${code}).`);
}
