import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const millisecondsOfCopy = 24 * 3600 * 1000;

/** Removes the copies of runs that are older than a day: they were never finished. @param folders of the runs */
export function removeOldCopies(folders: string): void {
  if (!existsSync(folders)) return;
  for (const name of readdirSync(folders).filter((each) => each.endsWith('.tmp'))) {
    const path = join(folders, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - modified > millisecondsOfCopy) rmSync(path, { recursive: true, force: true });
  }
}
