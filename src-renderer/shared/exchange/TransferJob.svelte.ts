import type { ErrorReport, ExportEvent, ImportEvent } from '../../../src-main/workbench/contract.ts';
import { reportOf } from '../../api/errors.ts';

type Progress = Extract<ExportEvent, { type: 'progress' }>;

/** An export or import that was asked for here; it is stopped when nobody waits for it any more. */
export class TransferJob {
  running = $state(false);
  progress = $state.raw<Progress | null>(null);
  error = $state.raw<ErrorReport | null>(null);
  #stopped = new AbortController();

  /** Null where nothing is known yet. */
  get share(): number | null {
    if (!this.progress || this.progress.totalBytes === 0) return null;
    return this.progress.doneBytes / this.progress.totalBytes;
  }

  /** Its last event, which says what became of it; nothing where it failed or was stopped. */
  async run<Event extends ExportEvent | ImportEvent>(
    start: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
  ): Promise<Exclude<Event, Progress> | undefined> {
    this.#stopped = new AbortController();
    const { signal } = this.#stopped;
    this.running = true;
    this.progress = null;
    this.error = null;
    try {
      let last: Exclude<Event, Progress> | undefined;
      for await (const event of await start(signal)) {
        if (event.type === 'progress') this.progress = event;
        else last = event as Exclude<Event, Progress>;
      }
      return last;
    } catch (error) {
      if (!signal.aborted) this.error = reportOf(error);
      return undefined;
    } finally {
      this.running = false;
    }
  }

  stop(): void {
    this.#stopped.abort();
  }
}
