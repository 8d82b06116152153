import type { ErrorReport } from '../foundation/errors.ts';
import type { RunStatus } from './records.ts';

/** How a run or a study ended, when that could not be written. */
export interface UnwrittenEnd {
  status: RunStatus;
  at: Date;
}

export interface UnwrittenEndOfRun extends UnwrittenEnd {
  error: ErrorReport;
}

const millisecondsBetweenTries = 5000;

/**
 * The ends of runs, or of studies, that a full or failing disk did not take yet: here they count, so that none that has ended reads as
 * running, and they are written as soon as that is possible.
 */
export class UnwrittenEnds<End extends UnwrittenEnd = UnwrittenEndOfRun> {
  readonly #ends = new Map<string, End>();
  readonly #write: (id: string, end: End) => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param write writes an end; may throw */
  constructor(write: (id: string, end: End) => void) {
    this.#write = write;
  }

  get(id: string): End | undefined {
    return this.#ends.get(id);
  }

  keep(id: string, end: End): void {
    this.#ends.set(id, end);
    this.#timer ??= setInterval(() => {
      this.writeAll();
    }, millisecondsBetweenTries).unref();
  }

  /** It has another status since. */
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

  /** Tries once more, and then no longer. */
  end(): void {
    this.writeAll();
    this.close();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
