import type { ErrorReport, QueueEntry, QueueState } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { follow } from '../api/follow.ts';
import { toasts } from './Toasts.svelte.ts';

type EntryName = Pick<QueueEntry, 'kind' | 'id'>;

/** A queue that cannot be had now is asked for again after so long, in milliseconds: what has it may end. */
const betweenAttempts = 5000;

/** What waits for the device, as it is now, and what can be done with it. */
class QueueView {
  /** Why it cannot be had: another program works through it; else null. */
  refusal = $state.raw<ErrorReport | null>(null);
  state = $state.raw<QueueState>({ held: false, reason: null, entries: [] });
  readonly running: QueueEntry | undefined = $derived(
    this.state.entries.find(({ state }) => state !== 'waiting'),
  );

  async follow(signal: AbortSignal): Promise<void> {
    const isOver = () => signal.aborted;
    while (!isOver()) {
      await follow(
        (streamSignal) => api.queue.watch(undefined, { signal: streamSignal }),
        (state) => {
          this.state = state;
          this.refusal = null;
        },
        signal,
        (report) => {
          this.refusal = report;
        },
      );
      await new Promise((resolve) => setTimeout(resolve, betweenAttempts));
    }
  }

  entryOf(id: string): QueueEntry | undefined {
    return this.state.entries.find((entry) => entry.id === id);
  }

  add(entry: EntryName): Promise<unknown> {
    return toasts.attempt(() => api.queue.add(nameOf(entry)));
  }

  /** A run, from its best checkpoint in place of its last. */
  addFromBest(id: string): Promise<unknown> {
    return toasts.attempt(() => api.queue.add({ kind: 'run', id, fromBest: true }));
  }

  remove(entry: EntryName): Promise<unknown> {
    return toasts.attempt(() => api.queue.remove(nameOf(entry)));
  }

  pause(entry: EntryName): Promise<unknown> {
    return toasts.attempt(() => api.queue.pause(nameOf(entry)));
  }

  move(entry: EntryName, before: EntryName | null): Promise<unknown> {
    return toasts.attempt(() => api.queue.move({ ...nameOf(entry), before: before && nameOf(before) }));
  }

  hold(held: boolean): Promise<unknown> {
    return toasts.attempt(() => api.queue.hold({ held }));
  }
}

function nameOf({ kind, id }: EntryName): EntryName {
  return { kind, id };
}

export const queue = new QueueView();
