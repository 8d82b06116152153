import { ilsvrcClasses } from '../../vocabulary/ilsvrc.ts';
import { implementer } from '../implementer.ts';
import { measureMemory } from '../measuring/measureMemory.ts';
import { resolveSources } from '../inputs/configSources.ts';

export const memoryHandlers = {
  memory: implementer.memory.handler(({ input, context, signal }) => {
    const config = resolveSources(input, context.home);
    const { images } = input;
    return measureMemory(context.startTrainer, config, config.network.classes ?? ilsvrcClasses, {
      images,
      signal,
    });
  }),
};
