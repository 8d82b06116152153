import type { CheckEvent, SplitChoice } from '../../../../src-main/workbench/contract.ts';
import { api } from '../../../api/api.ts';
import { isAborted, reportOf } from '../../../api/errors.ts';
import type { ErrorReport } from '../../../../src-main/workbench/contract.ts';

type Report = Extract<CheckEvent, { type: 'report' }>['report'];

/** Decodes every image of a dataset and reports what is wrong or notable. */
export class DatasetCheck {
  running = $state(false);
  /** Share of the images that were checked, 0–1; null before the first. */
  share = $state<number | null>(null);
  report = $state.raw<Report | null>(null);
  error = $state.raw<ErrorReport | null>(null);
  #ended = new AbortController();

  async run(input: { dataset: string } & Partial<SplitChoice>): Promise<void> {
    this.clear();
    const ended = new AbortController();
    this.#ended = ended;
    this.running = true;
    try {
      for await (const event of await api.checkData(input, { signal: ended.signal })) {
        if (ended.signal.aborted) return;
        if (event.type === 'report') this.report = event.report;
        else this.share = event.total === 0 ? null : event.done / event.total;
      }
    } catch (error) {
      if (!ended.signal.aborted && !isAborted(error)) this.error = reportOf(error);
    } finally {
      if (this.#ended === ended) this.running = false;
    }
  }

  /** Stops it and forgets what it found. */
  clear(): void {
    this.#ended.abort();
    this.running = false;
    this.share = null;
    this.report = null;
    this.error = null;
  }
}
