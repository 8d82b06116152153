import type { ErrorReport, FetchProgress } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { isAborted, reportOf } from '../api/errors.ts';

/** Fetches a dataset by its name. What has come stays when it is stopped, and the next attempt goes on from there. */
export class DatasetFetch {
  /** The dataset that is on its way; null for none. */
  name = $state<string | null>(null);
  progress = $state.raw<FetchProgress | null>(null);
  error = $state.raw<ErrorReport | null>(null);
  #ended = new AbortController();

  /** Whether it is here at the end. */
  async start(name: string): Promise<boolean> {
    this.stop();
    const ended = new AbortController();
    this.#ended = ended;
    this.name = name;
    this.error = null;
    let here = false;
    try {
      for await (const event of await api.datasets.fetch({ name }, { signal: ended.signal })) {
        if (event.type === 'fetched') here = true;
        else this.progress = event.progress;
      }
    } catch (error) {
      if (!ended.signal.aborted && !isAborted(error)) this.error = reportOf(error);
    }
    if (this.#ended === ended) this.stop();
    return here;
  }

  stop(): void {
    this.#ended.abort();
    this.name = null;
    this.progress = null;
  }
}
