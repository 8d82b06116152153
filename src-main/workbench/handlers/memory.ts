import { implementer } from '../implementer.ts';
import { measureMemory } from '../measureMemory.ts';
import { resolveSources } from '../configSources.ts';

/** A net that names no classes is measured with ILSVRC's, as it is described. */
const usualClasses = 1000;

export const memoryHandlers = {
  memory: implementer.memory.handler(({ input, context, signal }) => {
    const config = resolveSources(input);
    const { images } = input;
    return measureMemory(context.startTrainer, config, config.network.classes ?? usualClasses, {
      images,
      signal,
    });
  }),
};
