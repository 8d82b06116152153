import type { Answering } from '../../../src-main/workbench/contract.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';

/** Starts an answer that takes long. */
export type Ask<Value> = (signal: AbortSignal) => Promise<AsyncIterable<Answering<Value>>>;

/** An answer that takes long: its progress, and a way to stop it. */
export class LongAnswer<Value> extends Loaded<Value> {
  /** 0–1; null until it is known. */
  progress = $state.raw<number | null>(null);

  /** Undefined where it failed or was stopped. */
  ask(start: Ask<Value>): Promise<Value | undefined> {
    this.progress = null;
    return this.load(async (signal) => {
      for await (const event of await start(signal)) {
        if (signal.aborted) break;
        if (event.type === 'answer') return event.answer;
        this.progress = event.done / event.total;
      }
      throw new DOMException('The answer is no longer needed.', 'AbortError');
    });
  }
}
