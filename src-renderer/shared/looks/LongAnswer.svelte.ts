import type { Answering } from '../../../src-main/workbench/contract.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';

/** An answer that takes long: how far it has come, and a way to let it be. */
export class LongAnswer<Value> extends Loaded<Value> {
  /** 0–1; null until it is known. */
  progress = $state.raw<number | null>(null);

  async ask(start: (signal: AbortSignal) => Promise<AsyncIterable<Answering<Value>>>): Promise<void> {
    this.progress = null;
    await this.load(async (signal) => {
      for await (const event of await start(signal)) {
        if (signal.aborted) break;
        if (event.type === 'answer') return event.answer;
        this.progress = event.done / event.total;
      }
      throw new DOMException('The answer is no longer wanted.', 'AbortError');
    });
  }
}
