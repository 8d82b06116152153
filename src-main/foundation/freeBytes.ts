import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes that can still be written into a folder, which need not exist yet. */
export function freeBytes(folder: string): number {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  return bavail * bsize;
}
