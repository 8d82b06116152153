import { WorkbenchError } from '../foundation/errors.ts';

export function runBusy(id: string): WorkbenchError {
  return new WorkbenchError(
    'run-busy',
    `Run ${id} is being trained.`,
    'Wait until it has ended, or stop it first.',
  );
}

export function folderMissing(id: string, path: string): WorkbenchError {
  return new WorkbenchError(
    'folder-missing',
    `The folder of run ${id} is gone from ${path}.`,
    'Put it back, or leave the run out.',
  );
}

export function studyBusy(id: string): WorkbenchError {
  return new WorkbenchError(
    'study-busy',
    `Study ${id} is under way already.`,
    'Wait until it has ended, or stop it first.',
  );
}

export function runFinished(id: string): WorkbenchError {
  return new WorkbenchError(
    'run-finished',
    `Run ${id} is finished.`,
    'Train it further with npm run -s vgg -- resume --epochs, evaluate it, or start a new run from it with initialisation.from.',
  );
}

/** @param path of the folder that holds the other run */
export function runExists(id: string, path: string): WorkbenchError {
  return new WorkbenchError(
    'run-exists',
    `Another run with the id ${id} is in ${path}.`,
    'Delete or export that run first, then import this one.',
  );
}

/** @param path of the folder, which belongs to the run `id` */
export function folderRenamed(path: string, id: string): WorkbenchError {
  return new WorkbenchError(
    'run-folder-renamed',
    `The folder ${path} is of run ${id}.`,
    'Give it the name of its run, or move it elsewhere and import it.',
  );
}

export function studyExists(id: string): WorkbenchError {
  return new WorkbenchError(
    'study-exists',
    `Study ${id} is in the log with other settings.`,
    'Delete that study first, then import this one.',
  );
}
