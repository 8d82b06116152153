import { WorkbenchError } from '../../foundation/errors.ts';

export function foreign(path: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'archive-foreign',
    `${path} is no archive of the workbench.`,
    'Choose a .zip file that an export has written, or the folder of a run.',
    { cause },
  );
}

/** @param fact what is wrong with the archive, without its path */
export function damaged(path: string, fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'archive-damaged',
    `${path} cannot be used: ${fact}.`,
    'Copy the archive once more, or export it again.',
    { cause },
  );
}

/** @param fact what the archive tries to do, without its path */
export function unsafe(path: string, fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'archive-unsafe',
    `${path} is refused: ${fact}.`,
    'No export of the workbench writes this; take archives only from whom you trust.',
    { cause },
  );
}

export function newer(path: string, workbench: string): WorkbenchError {
  return new WorkbenchError(
    'archive-too-new',
    `${path} was written by a newer version of the workbench${workbench === '' ? '' : ` (${workbench})`}.`,
    'Update the workbench, then import it.',
  );
}
