import { closeSync, openSync, readSync } from 'node:fs';
import type { Entry } from './entry.ts';
import { tarEntries } from './tarEntries.ts';
import { zipEntries } from './zipEntries.ts';

/**
 * The files of a zip archive, or of a gzipped tar archive, one after the other, whatever the archive is called. Links,
 * folders and devices are left out.
 *
 * @throws Error if it is no such archive, or of the file system
 */
export function entriesOf(archive: string): AsyncGenerator<Entry> {
  return isGzipped(archive) ? tarEntries(archive) : zipEntries(archive);
}

function isGzipped(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(2);
    readSync(file, start, 0, 2, 0);
    return start.readUInt16BE() === 0x1f8b;
  } finally {
    closeSync(file);
  }
}
