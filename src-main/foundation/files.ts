import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { WorkbenchError } from './errors.ts';

/** Writes parts of a file one after the other, so that no part has to be kept in memory. */
export type PartWriter = (part: Uint8Array) => void;

/**
 * Writes a file under a temporary name beside its target, flushes it to the disk and renames it:
 * a reader sees the old file or the new one, never half of one.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`; the target is then as it was
 */
export function writeFileAtomically(
  path: string,
  content: string | Uint8Array | ((write: PartWriter) => void),
): void {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'w');
    try {
      const write: PartWriter = (part) => {
        for (let offset = 0; offset < part.byteLength;) {
          offset += writeSync(file, part, offset, part.byteLength - offset);
        }
      };
      if (typeof content === 'function') content(write);
      else write(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError(error, path);
  }
}

/** Turns the errors of a full or read-only disk into ones that say what to do; passes others on. */
export function fileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new WorkbenchError(
      'disk-full',
      `No space is left to write ${path}.`,
      'Free some space or choose another data folder with --home, then resume.',
      { kind: 'failure', cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new WorkbenchError(
      'write-failed',
      `${path} cannot be written.`,
      'Check the permissions of the folder or choose another data folder with --home.',
      { kind: 'failure', cause: error },
    );
  }
  return error;
}
