import { WorkbenchError } from '../../foundation/errors.ts';
import { freeBytes } from '../../foundation/freeBytes.ts';
import { bytesText } from '../../vocabulary/bytes.ts';

/** Makes sure that so many bytes fit into a folder, which need not exist yet. @throws WorkbenchError `disk-full` */
export function requireSpace(folder: string, bytes: number): void {
  const free = freeBytes(folder);
  if (free >= bytes) return;
  throw diskFull(
    `The set-up of TensorFlow needs ${bytesText(bytes)} in ${folder}, where ${bytesText(free)} are free.`,
  );
}

/** Turns the errors of a full disk or a folder that cannot be written into ones that say what to do; passes others on. */
export function cacheError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(`No space was left in ${folder} during the set-up of TensorFlow.`, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return new WorkbenchError(
        'cache-not-writable',
        `The set-up of TensorFlow cannot write to ${folder}.`,
        'Check the permissions of the folder, or choose another with VGG_CACHE=<folder>.',
        { kind: 'failure', cause: error },
      );
    default:
      return error;
  }
}

export function diskFull(fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'disk-full',
    fact,
    'Free some space, or choose another folder with VGG_CACHE=<folder>, and run the same command again.',
    { kind: 'failure', cause },
  );
}
