import { WorkbenchError } from '../../foundation/errors.ts';
import { findWeights } from '../../supervisor/weights.ts';
import { inspectWeights } from '../../vgg/weights/inspect.ts';
import { implementer } from '../implementer.ts';

export const weightsHandlers = {
  inspectWeights: implementer.inspectWeights.handler(async ({ input, context: { log } }) => {
    const found = findWeights(log, input.from);
    if (found === null)
      throw new WorkbenchError('weights-not-found', 'No weights are named.', 'Name a file.');
    return await inspectWeights(found.path);
  }),
};
