import { existsSync } from 'node:fs';

/**
 * What the scheduler says to a job by signals. USR2 (not USR1, which Node keeps for its debugger): its time is nearly over, so
 * it checkpoints and is given back. TERM: it ends, by a person or the scheduler; it checkpoints and stays out, even if
 * USR2 came before, since a job that somebody cancels meanwhile must not come to life again.
 */
export class Warnings {
  /** Aborted by either. */
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #stopFile: string;
  #isWarned = false;
  /** Why the run cannot go on in this attempt, if that is not the scheduler's doing. */
  #broken: string | null = null;
  #isEnded = false;

  /** @param stopFile its presence means that a person stops the run */
  constructor(stopFile: string) {
    this.#stopFile = stopFile;
    this.signal = this.#stop.signal;
    process.on('SIGUSR2', () => {
      this.#isWarned = true;
      this.#stop.abort();
    });
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        this.#isEnded = true;
        this.#stop.abort();
      });
    }
  }

  /** Whether a person stops the run. */
  get isStopped(): boolean {
    return existsSync(this.#stopFile);
  }

  /** Whether the run is to go on in another attempt. */
  get wantsMore(): boolean {
    return (this.#isWarned || this.#broken !== null) && !this.#isEnded && !this.isStopped;
  }

  /** The run cannot go on in this attempt, and may in another. */
  breakOff(reason: string): void {
    this.#broken = reason;
  }

  get reason(): string {
    if (this.isStopped) return 'stopped';
    if (this.#isEnded) return 'ended by TERM';
    if (this.#isWarned) return 'warned by USR2';
    return this.#broken ?? 'interrupted';
  }
}
