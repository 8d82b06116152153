import type { ErrorReport, SetupEvent } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { isAborted, reportOf } from '../api/errors.ts';

export type SetupProgress = Extract<SetupEvent, { type: 'progress' }>['progress'];

/** Provides TensorFlow and its addon, once for this machine. What is there already is left alone. */
export class EngineSetup {
  running = $state(false);
  ready = $state(false);
  progress = $state.raw<SetupProgress | null>(null);
  error = $state.raw<ErrorReport | null>(null);
  #ended = new AbortController();

  /** Whether it is provided at the end. */
  async start({ gpu = false } = {}): Promise<boolean> {
    this.stop();
    const ended = new AbortController();
    this.#ended = ended;
    this.running = true;
    this.ready = false;
    this.error = null;
    try {
      for await (const event of await api.setup({ gpu }, { signal: ended.signal })) {
        if (event.type === 'ready') this.ready = true;
        else this.progress = event.progress;
      }
    } catch (error) {
      if (!ended.signal.aborted && !isAborted(error)) this.error = reportOf(error);
    }
    if (this.#ended === ended) this.stop();
    return this.ready;
  }

  /** What was downloaded is kept for the next time. */
  stop(): void {
    this.#ended.abort();
    this.running = false;
    this.progress = null;
  }
}
