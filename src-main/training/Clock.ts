/** The time of a run over all its sessions, and the throughput and waiting time of this one. */
export class Clock {
  readonly #secondsBefore: number;
  readonly #began = performance.now();
  #checkpointAt = performance.now();
  #ratesAt = performance.now();
  #images = 0;
  #waitedMs = 0;
  #processorMs = processorMilliseconds();

  /** @param secondsBefore seconds of training in earlier sessions of the run */
  constructor(secondsBefore: number) {
    this.#secondsBefore = secondsBefore;
  }

  get seconds(): number {
    return this.#secondsBefore + (performance.now() - this.#began) / 1000;
  }

  get secondsSinceCheckpoint(): number {
    return (performance.now() - this.#checkpointAt) / 1000;
  }

  get secondsSinceRates(): number {
    return (performance.now() - this.#ratesAt) / 1000;
  }

  checkpointed(): void {
    this.#checkpointAt = performance.now();
  }

  trained(images: number): void {
    this.#images += images;
  }

  /** Images a second, the share of the time spent waiting for images, and the cores kept busy, since the last call. */
  takeRates({ waitedMs }: { waitedMs: number }) {
    const elapsed = performance.now() - this.#ratesAt;
    const rates = {
      imagesPerSecond: (1000 * this.#images) / elapsed,
      waitingShare: Math.min(1, (waitedMs - this.#waitedMs) / elapsed),
      'processor/cores': (processorMilliseconds() - this.#processorMs) / elapsed,
    };
    this.restartRates({ waitedMs });
    return rates;
  }

  /** Starts the rates anew, so that the time before does not count: a validation is not training. */
  restartRates({ waitedMs }: { waitedMs: number }): void {
    this.#ratesAt = performance.now();
    this.#images = 0;
    this.#waitedMs = waitedMs;
    this.#processorMs = processorMilliseconds();
  }
}

/** Processor time of all threads of this process so far, including TensorFlow's and the decoders'. */
function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
