import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { networkFileSystem } from '../foundation/networkFileSystem.ts';

export const indexName = 'workbench.sqlite';

/**
 * The folder of a data folder's index: itself, or one on a local disk if it is on a network file system, where SQLite's locks
 * may not hold and two machines could damage it. The index is made again from the folders of runs wherever it is missing, so
 * each machine has its own. `VGG_INDEX` names the folder for it.
 *
 * @throws WorkbenchError `write-failed` where that folder is somebody else's, who could damage the index
 */
export function indexFolder(home: string): string {
  const chosen = process.env.VGG_INDEX ?? '';
  if (chosen === '' && networkFileSystem(existingPart(home)) === null) return home;
  const folder = chosen === '' ? join(tmpdir(), `vgg-index-${userInfo().username}`) : chosen;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Below a folder where all may write, somebody else may have made it, or a link in its place.
  if (!isOwn(chosen === '' ? lstatSync(folder) : statSync(folder))) throw notOwn(folder);
  return join(folder, createHash('sha256').update(realHome(home)).digest('hex').slice(0, 16));
}

function notOwn(folder: string): WorkbenchError {
  return new WorkbenchError(
    'write-failed',
    `The folder for the database, ${folder}, is no folder of yours.`,
    'Name another one on a local disk with $VGG_INDEX.',
  );
}

function isOwn(facts: Stats): boolean {
  return facts.isDirectory() && (process.getuid === undefined || facts.uid === process.getuid());
}

function existingPart(home: string): string {
  let path = home;
  while (!existsSync(path)) path = join(path, '..');
  return path;
}

/** The same for all ways to write a folder. */
function realHome(home: string): string {
  return existsSync(home) ? realpathSync(home) : home;
}
