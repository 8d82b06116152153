import { renameSync, rmSync } from 'node:fs';
import { fileError, requireFolder } from './files.ts';

/**
 * Makes a folder at a path that does not exist: it appears when `fill` has written everything into it.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`, and what `fill` throws; nothing remains then
 */
export async function makeFolder(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    requireFolder(temporary);
    await fill(temporary);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw fileError(error, target);
  }
}
