import { WorkbenchError } from '../../foundation/errors.ts';

/** The error for a preset that needs the user's own dataset. */
export function datasetNeeded(preset: string): WorkbenchError {
  return new WorkbenchError(
    'dataset-needed',
    `The preset ${preset} brings no images of its own.`,
    'Give an image folder or ILSVRC-2012 with --data.',
  );
}
