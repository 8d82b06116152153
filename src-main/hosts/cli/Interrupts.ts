import { exitCodes } from './exitCodes.ts';
import { startedByNpm } from './npm.ts';

/** Not HUP: a terminal that closes ends the program at once, as a kill does, and what it trains goes on. */
const signals = ['SIGINT', 'SIGTERM'] as const;

/** npm forwards a signal that the terminal already sent to the whole group: two within this time count as one. */
const millisecondsOfOne = startedByNpm() ? 250 : 0;

/** What a command does when it is interrupted; `now` is true the second time. */
export type Stop = (now: boolean) => unknown;

/**
 * Ctrl+C, and the signals that mean the same. The first asks the command to stop in an orderly way, the second to stop
 * at once, the third ends the process; so does the first if the command has nothing to finish.
 */
export class Interrupts {
  #count = 0;
  #last = -Infinity;
  #stop: Stop | undefined;
  readonly #receive = (): void => {
    const now = performance.now();
    if (now - this.#last < millisecondsOfOne) return;
    this.#last = now;
    this.interrupt();
  };

  constructor() {
    for (const signal of signals) process.on(signal, this.#receive);
  }

  /** From here on signals do what they do without a command. */
  close(): void {
    for (const signal of signals) process.removeListener(signal, this.#receive);
  }

  /** Whether a command has something to finish before it stops. */
  get handled(): boolean {
    return this.#stop !== undefined;
  }

  get happened(): boolean {
    return this.#count > 0;
  }

  interrupt(): void {
    this.#count++;
    if (!this.#stop || this.#count > 2) process.exit(exitCodes.interrupted);
    this.#stop(this.#count === 2);
  }

  /** Does the work; an interruption meanwhile calls `stop`. */
  async during<Result>(stop: Stop, work: () => Promise<Result>): Promise<Result> {
    this.#stop = stop;
    try {
      return await work();
    } finally {
      this.#stop = undefined;
    }
  }
}
