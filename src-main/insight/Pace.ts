import { setImmediate as nextTurn } from 'node:timers/promises';

/** How far a long piece of work has come: told after each of its steps. */
export type Report = (done: number, total: number) => void;

/** Lets long work be watched and stopped: between its steps the process reads its messages. */
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
