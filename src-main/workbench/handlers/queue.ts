import { implementer } from '../implementer.ts';
const { queue } = implementer;
const missing = (): never => {
  throw new Error('not built yet');
};
export const queueHandlers = queue.router({
  get: queue.get.handler(missing),
  watch: queue.watch.handler(missing),
  add: queue.add.handler(missing),
  move: queue.move.handler(missing),
  remove: queue.remove.handler(missing),
  pause: queue.pause.handler(missing),
  hold: queue.hold.handler(missing),
});
