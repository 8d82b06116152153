import { existsSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { ensureFolder, fileError } from './files.ts';

/** A block, so that a full disk has no place for it. */
const bytesWritten = 4096;

/**
 * Finds out whether files can be written into a folder, which need not exist, and leaves everything as it was. Permissions
 * alone do not tell: the disk may be full, read-only or none.
 *
 * @throws WorkbenchError `write-failed`, `disk-full`
 */
export function probeFolder(path: string): void {
  const made = missingIn(path);
  const file = join(path, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    ensureFolder(path);
    writeFileSync(file, Buffer.alloc(bytesWritten), { flag: 'wx' });
  } catch (error) {
    throw fileError(error, path);
  } finally {
    remove(() => {
      rmSync(file, { force: true });
    });
    for (const folder of made) {
      remove(() => {
        rmdirSync(folder);
      });
    }
  }
}

/** The folders of a path that do not exist, the innermost first. */
function missingIn(path: string): string[] {
  return existsSync(path) || dirname(path) === path ? [] : [path, ...missingIn(dirname(path))];
}

function remove(work: () => void): void {
  try {
    work();
  } catch {
    // It was not made, or somebody else uses it already.
  }
}
