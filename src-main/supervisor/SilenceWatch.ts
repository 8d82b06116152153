/** How long a trainer may be silent, in milliseconds. */
export interface SilenceLimits {
  /** Time between two ticks. */
  tick: number;
  /** A silence up to this is never reported: loading a library or writing a large checkpoint may take so long. */
  minSilence: number;
  /** Beyond that, a silence may last this many times the longest one so far. */
  factor: number;
  /** No silence may last longer. */
  maxSilence: number;
  /** Time from the request to stop an unresponsive trainer until it is killed. */
  grace: number;
}

export const defaultLimits: SilenceLimits = {
  tick: 1000,
  minSilence: 120_000,
  factor: 5,
  maxSilence: 30 * 60_000,
  grace: 10_000,
};

/** Whether a trainer gives signs of life: reported when that changes. */
export type Responsiveness =
  /** `since` is the time of its last sign of life. */
  { type: 'unresponsive'; since: string } | { type: 'responsive'; silentSeconds: number };

/**
 * Notices when a trainer process falls silent and when it is heard again.
 *
 * A trainer sends heartbeats from its own main thread, the one that can hang: while its event loop turns and after each
 * operation of TensorFlow, so a step may take minutes without silence. Silence therefore means that one operation does
 * not return, or that the process is suspended. How long one operation takes depends on the net and on the machine, so
 * the limit grows with the longest silence that has ended. An unresponsive trainer is only reported: it may be about to
 * respond again (the first use of a graphics card can take many minutes), and killing it costs all work since the last
 * checkpoint. That is for a person to decide.
 *
 * Silence is counted in ticks of a timer and not read from the clock: while this process or the whole machine is
 * suspended, no tick passes, and that time does not count as the trainer's silence.
 */
export class SilenceWatch {
  readonly #limits: SilenceLimits;
  readonly #onChange: (change: Responsiveness) => void;
  readonly #timer: NodeJS.Timeout;
  #silence = 0;
  #longest = 0;
  #heardAt = new Date();
  #unresponsive = false;

  constructor(limits: SilenceLimits, onChange: (change: Responsiveness) => void) {
    this.#limits = limits;
    this.#onChange = onChange;
    this.#timer = setInterval(() => {
      this.#look();
    }, limits.tick).unref();
  }

  get unresponsive(): boolean {
    return this.#unresponsive;
  }

  /** The trainer has given a sign of life. */
  heard(): void {
    const silence = this.#silence;
    this.#longest = Math.max(this.#longest, silence);
    this.#silence = 0;
    this.#heardAt = new Date();
    if (!this.#unresponsive) return;
    this.#unresponsive = false;
    this.#onChange({ type: 'responsive', silentSeconds: silence / 1000 });
  }

  /** The trainer has ended, or nothing is expected of it. */
  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { tick, minSilence, factor, maxSilence } = this.#limits;
    this.#silence += tick;
    const limit = Math.min(maxSilence, Math.max(minSilence, factor * this.#longest));
    if (this.#unresponsive || this.#silence < limit) return;
    this.#unresponsive = true;
    this.#onChange({ type: 'unresponsive', since: this.#heardAt.toISOString() });
  }
}
