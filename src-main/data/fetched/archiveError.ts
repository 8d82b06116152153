import { basename } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';

/** @param fault what is wrong, as "it is cut short" */
export function archiveError(path: string, fault: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'dataset-archive-broken',
    `${basename(path)} is not the archive it should be: ${fault}.`,
    'Remove it and fetch it again.',
    { cause },
  );
}
