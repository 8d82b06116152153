import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { WorkbenchError } from '../foundation/errors.ts';
import { ensureFolder, fileError } from '../foundation/files.ts';
import { fileMode } from '../foundation/privateFolders.ts';
import { dirname } from 'node:path';

/*
 * The lock of a run's folder is the operating system's, and on a network file system it may not hold between machines. A
 * fence does not need it: the newest attempt leaves its token in a file, and an older one that finds another's writes
 * nothing more.
 */

export const fenceSchema = z.strictObject({ path: z.string(), token: z.string() });
export type Fence = z.infer<typeof fenceSchema>;

/** Makes an attempt the newest. Written in place: a network file system looks anew at a file that it opens, not at its folder. */
export function takeFence({ path, token }: Fence): void {
  try {
    ensureFolder(dirname(path));
    writeFileSync(path, JSON.stringify({ token }), { mode: fileMode(path) });
  } catch (error) {
    throw fileError(error, path);
  }
}

/** What the file of a fence says; other keys may come. It is read at each step of a training. */
const newestSchema = z.object({ token: z.string() });

/** Whether a newer attempt has begun. What cannot be read, such as a file that is just being written, says nothing. */
function isSuperseded({ path, token }: Fence): boolean {
  try {
    const newest = newestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return newest.token !== token;
  } catch {
    return false;
  }
}

/** To be called before anything is written. @throws WorkbenchError `attempt-superseded` */
export function requireNewest(fence: Fence | null): void {
  if (fence === null || !isSuperseded(fence)) return;
  throw new WorkbenchError(
    'attempt-superseded',
    'A newer attempt at this run has begun elsewhere.',
    'Nothing is to be done: that one goes on.',
    { kind: 'interrupted' },
  );
}
