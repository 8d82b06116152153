import type { ErrorCode } from './errorCodes.ts';

/** What the operating system reports, in words that a person can act on. */
export interface SystemProblem {
  code: ErrorCode;
  message: string;
  nextStep: string;
}

/**
 * The errors of disks and of the system's limits: they are no defects of the workbench, whatever it was doing.
 *
 * @param error any thrown value
 * @param path what was read or written, where the error does not say it
 * @returns undefined for any other error
 */
export function systemProblem(error: unknown, path?: string): SystemProblem | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  const named = path ?? ('path' in error && typeof error.path === 'string' ? error.path : undefined);
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'disk-full',
        message:
          named === undefined ? 'No space is left on the disk.' : `No space is left to write ${named}.`,
        nextStep:
          'Free some space there or choose a place on another disk, then try again: a run goes on from its last checkpoint.',
      };
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
      return diskFailing(named, error.message);
    case 'EMFILE':
    case 'ENFILE':
      return {
        code: 'too-many-files',
        message: `The system lets this program open no more files${named === undefined ? '' : ` (${named})`}.`,
        nextStep: 'Raise the limit (ulimit -n 1024) or end other programs, then try again.',
      };
    case 'ENAMETOOLONG':
      return {
        code: 'name-too-long',
        message: `The path is longer than the system allows: ${shortened(named ?? error.message)}`,
        nextStep: 'Choose a shorter name or a folder nearer to the root.',
      };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EISDIR':
    case 'ENOTDIR':
    case 'ELOOP':
      return {
        code: 'path-unusable',
        message: `${named ?? 'A path'} cannot be used as it has to be (${reasons[error.code]}).`,
        nextStep: 'Check its permissions, or move away what is there.',
      };
    default:
      return undefined;
  }
}

/** @param path of the file that could not be read or written */
export function diskFailing(path: string | undefined, detail: string): SystemProblem {
  return {
    code: 'disk-failing',
    message: `The disk reports an error${path === undefined ? '' : ` at ${path}`} (${detail}).`,
    nextStep:
      'Look into the log of the system, copy what matters to another disk, then try again there: a run goes on from its last checkpoint.',
  };
}

const reasons = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of it is no folder',
  ELOOP: 'its links lead round in a circle',
} as const;

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
