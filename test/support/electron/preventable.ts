import type { EventEmitter } from 'node:events';

/** Emits an event whose default a listener may prevent, and tells whether one did. */
export function isPrevented(emitter: EventEmitter, name: string, details: object = {}): boolean {
  let prevented = false;
  const preventDefault = () => {
    prevented = true;
  };
  emitter.emit(name, { ...details, preventDefault });
  return prevented;
}
