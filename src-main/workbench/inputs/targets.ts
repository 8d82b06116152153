import { resolve } from 'node:path';
import { requireNew } from '../../exchange/exportRuns.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { requireWritable } from '../../foundation/files.ts';
import { expanded } from '../../foundation/home.ts';
import { holdsPosteriors } from '../../trainer/posteriorsFile.ts';
import type { Host } from '../Host.ts';

/*
 * Where things are written that somebody named by a path. A window is a page, so what it asks for is held to what an export
 * needs: files that do not exist yet, called as files of their kind are. So a page that somebody else had taken over could
 * replace nothing, and make nothing that a shell or a desktop reads at the next login.
 */

/**
 * The whole path of a file or folder that is to be written.
 *
 * @param ending what the names of such files end with; null for a folder, whose files have names of their own
 * @throws WorkbenchError `target-refused`
 */
export function targetOf({ kind }: Host, path: string, ending: string | null): string {
  const target = resolve(expanded(path));
  if (kind === 'command line' || ending === null || target.endsWith(ending)) return target;
  throw new WorkbenchError(
    'target-refused',
    `${target} does not end with ${ending}.`,
    `Choose a name that ends with ${ending}.`,
  );
}

/**
 * The whole path of a file of posteriors. Only who types a command may have a file replaced: one of posteriors, so that
 * the same command can be given again, and with `overwrite` any other.
 *
 * @throws WorkbenchError `target-refused`, `target-exists`, `write-failed`, `disk-full`
 */
export function posteriorsTarget(host: Host, path: string, overwrite: boolean): string {
  const target = targetOf(host, path, '.csv');
  const replaces = host.kind === 'command line' && (overwrite || holdsPosteriors(target));
  if (!replaces) requireNew(target, 'Name another file, or give --overwrite to replace it.');
  requireWritable(target);
  return target;
}
