import { router } from './Router.svelte.ts';
import { toasts } from './Toasts.svelte.ts';

/** Tells whoever is elsewhere that what was started waits in the queue, with the way to it. */
export function sayWaiting(what: string, address: string): void {
  toasts.say(`${what} in the queue.`, {
    title: 'Show',
    perform: () => {
      router.go(address);
    },
  });
}
