import type { ErrorReport } from '../foundation/errors.ts';
import type { RunStatus } from './records.ts';

/** How a run ended, when that could not be written. */
export interface UnwrittenEnd {
  status: RunStatus;
  error: ErrorReport;
  at: Date;
}

const millisecondsBetweenTries = 5000;

/**
 * The ends of runs that a full or failing disk did not take yet: here they count, so that no run that has ended reads as
 * running, and they are written as soon as that is possible.
 */
export class UnwrittenEnds {
  readonly #ends = new Map<string, UnwrittenEnd>();
  readonly #write: (id: string, end: UnwrittenEnd) => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param write writes an end; may throw */
  constructor(write: (id: string, end: UnwrittenEnd) => void) {
    this.#write = write;
  }

  get(id: string): UnwrittenEnd | undefined {
    return this.#ends.get(id);
  }

  keep(id: string, end: UnwrittenEnd): void {
    this.#ends.set(id, end);
    this.#timer ??= setInterval(() => {
      this.writeAll();
    }, millisecondsBetweenTries).unref();
  }

  /** The run has another status since. */
  drop(id: string): void {
    this.#ends.delete(id);
    if (this.#ends.size === 0) this.close();
  }

  writeAll(): void {
    for (const [id, end] of this.#ends) {
      try {
        this.#write(id, end);
      } catch {
        // Tried again later.
      }
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
