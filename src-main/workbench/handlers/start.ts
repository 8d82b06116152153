import { implementer } from '../implementer.ts';
import { evenlyOver, sendable } from '../images/insightInput.ts';

export const startHandlers = {
  startSignal: implementer.startSignal.handler(async ({ input, context, signal }) => {
    const { scheme, fan, deviation, dataset, ...size } = input;
    const val = dataset === undefined ? [] : (await context.images.dataset(dataset)).val;
    const { loss, layers } = await context.insight.ask(
      {
        about: 'startSignal',
        ...size,
        initialisation: { scheme, fan, deviation, variance: null, from: null, layers: 'all' },
        sources: evenlyOver(val, input.images).map(({ source }) => sendable(source)),
      },
      signal,
    );
    return { loss, layers };
  }),
};
