import type { ErrorReport } from '../../src-main/workbench/contract.ts';
import { askAgain } from './askAgain.ts';
import { isAborted, reportOf } from './errors.ts';

/**
 * Something that is asked of the workbench: its value, whether it is on its way, and why it failed. The newest question
 * wins; while it is asked again, the old value stays. Where the connection is lost meanwhile, it is on its way until it comes
 * over the next.
 */
export class Loaded<Value> {
  value = $state.raw<Value | undefined>();
  error = $state.raw<ErrorReport | null>(null);
  loading = $state(false);
  #asked = new AbortController();

  async load(ask: (signal: AbortSignal) => Promise<Value>): Promise<Value | undefined> {
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.loading = true;
    try {
      const value = await askAgain(() => ask(asked.signal), asked.signal);
      if (asked.signal.aborted) return undefined;
      this.value = value;
      this.error = null;
      return value;
    } catch (error) {
      if (!asked.signal.aborted && !isAborted(error)) this.error = reportOf(error);
      return undefined;
    } finally {
      if (this.#asked === asked) this.loading = false;
    }
  }

  /** Forgets what was asked. */
  clear(): void {
    this.#asked.abort();
    this.value = undefined;
    this.error = null;
    this.loading = false;
  }
}
