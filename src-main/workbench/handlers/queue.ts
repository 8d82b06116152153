import type { QueueState } from '../../queue/state.ts';
import { implementer } from '../implementer.ts';
import type { Workbench } from '../Workbench.ts';

const { queue } = implementer;

/** Makes a change and returns the state after it. */
function afterwards({ queue }: Workbench, change: (of: Workbench['queue']) => void): QueueState {
  change(queue);
  return queue.state();
}

export const queueHandlers = queue.router({
  get: queue.get.handler(({ context }) => context.queue.state()),

  watch: queue.watch.handler(({ context }) => context.queue.watch()),

  add: queue.add.handler(({ input: { only, parallel, fromBest, ...place }, context }) => {
    const { log, submissions } = context;
    // Else what is on a cluster would be found so only when its turn comes, and keep the others waiting.
    submissions.requireHere((place.kind === 'run' ? log.runs : log.studies).resolve(place.id));
    return afterwards(context, (all) => {
      all.add(place, { only, parallel, fromBest });
    });
  }),

  move: queue.move.handler(({ input: { before, ...place }, context }) =>
    afterwards(context, (all) => {
      all.move(place, before);
    }),
  ),

  remove: queue.remove.handler(({ input, context }) =>
    afterwards(context, (all) => {
      all.remove(input);
    }),
  ),

  pause: queue.pause.handler(({ input, context }) =>
    afterwards(context, (all) => {
      all.pause(input);
    }),
  ),

  hold: queue.hold.handler(({ input, context }) =>
    afterwards(context, (all) => {
      all.hold(input.held);
    }),
  ),
});
