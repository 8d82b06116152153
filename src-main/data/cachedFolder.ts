import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileError, requireFolder } from '../foundation/files.ts';
import { withLock } from '../foundation/lock.ts';
import { makeFolder } from '../foundation/makeFolder.ts';

/** What makes a folder, and what tells whether it is there as it should be. */
export interface CachedFolder {
  isComplete: () => boolean;
  fill: (folder: string) => Promise<void>;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a folder of the cache unless it is complete. It appears by one rename; of several processes one makes it and the
 * others wait. What a process that was killed has left is removed.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`, and what `fill` throws
 */
export async function makeCachedFolder(
  target: string,
  { isComplete, fill, signal }: CachedFolder,
): Promise<void> {
  if (isComplete()) return;
  const parent = dirname(target);
  requireFolder(parent);
  const make = async () => {
    if (isComplete()) return;
    for (const name of readdirSync(parent)) {
      const isLeft = name.startsWith(`${basename(target)}.`) && name.endsWith('.tmp');
      if (isLeft) rmSync(join(parent, name), { recursive: true, force: true });
    }
    rmSync(target, { recursive: true, force: true });
    await makeFolder(target, fill);
  };
  try {
    await withLock(`${target}.lock`, make, { signal });
  } catch (error) {
    throw fileError(error, target);
  }
}
