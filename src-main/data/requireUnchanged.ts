import { statSync } from 'node:fs';
import { WorkbenchError } from '../foundation/errors.ts';
import { digestOf } from './fingerprint.ts';
import { readImageFile, timesOf } from './imageFile.ts';
import type { ImageReference } from './imageTasks.ts';

/**
 * Makes sure that an image is the one that was inspected, each time that it is used. Its size and times tell at almost no
 * cost; only if one of them differs, as a copy of the same file's would, is the content compared.
 *
 * @throws WorkbenchError `dataset-changed` naming the file; ImageError if it can no longer be read
 */
export function requireUnchanged({ name, source, times, digest }: ImageReference): void {
  if (source.kind !== 'file' || times === undefined || digest === undefined) return;
  const facts = statSync(source.path, { throwIfNoEntry: false });
  // A missing file is reported when it is read; a copy of it may still be in memory.
  if (facts === undefined) return;
  const { modified, changed } = timesOf(facts);
  if (facts.size === source.bytes && modified === times.modified && changed === times.changed) return;
  if (digestOf(readImageFile(source.path)) === digest) return;
  throw new WorkbenchError(
    'dataset-changed',
    `The image ${name} (${source.path}) is no longer the one that was there when the images were checked.`,
    'Restore the file and resume, or start anew with the images as they are now.',
  );
}
