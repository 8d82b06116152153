import { setImmediate as nextTurn } from 'node:timers/promises';

/** Receives the progress of long work after each of its steps. */
export type Report = (done: number, total: number) => void;

/** Reports the progress of long work and lets it be stopped: between steps the process reads its messages. */
export class Pace {
  readonly #signal: AbortSignal;
  readonly #report: Report;

  constructor(signal: AbortSignal, report: Report = () => undefined) {
    this.#signal = signal;
    this.#report = report;
  }

  /** @throws the signal's reason, once it is aborted */
  async after(done: number, total: number): Promise<void> {
    this.#report(done, total);
    await nextTurn();
    this.#signal.throwIfAborted();
  }
}
