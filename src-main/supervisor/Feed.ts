/**
 * A stream of events with any number of readers. Each reads all that is published while it listens, in order; a reader
 * that comes late gets the latest event first, if there was one.
 */
export class Feed<Event> {
  readonly #readers = new Set<{ queue: Event[]; wake: () => void }>();
  #latest: Event | undefined;
  #closed = false;

  publish(event: Event): void {
    this.#latest = event;
    for (const reader of this.#readers) {
      reader.queue.push(event);
      reader.wake();
    }
  }

  /** Ends every stream after what was published. */
  close(): void {
    this.#closed = true;
    for (const reader of this.#readers) reader.wake();
  }

  async *read(): AsyncGenerator<Event, void, undefined> {
    const reader = { queue: this.#latest === undefined ? [] : [this.#latest], wake: (): void => undefined };
    this.#readers.add(reader);
    try {
      for (;;) {
        const event = reader.queue.shift();
        if (event !== undefined) yield event;
        else if (this.#closed) return;
        else {
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
          });
        }
      }
    } finally {
      this.#readers.delete(reader);
    }
  }
}
