import { endable } from './streams.ts';

interface Reader<Event> {
  queue: Event[];
  wake: () => void;
  /** Nobody reads on. */
  ended: boolean;
}

/**
 * A stream of events with any number of readers. Each reads all that is published while it listens, in order; a reader
 * that comes late gets the latest event first, if there was one.
 */
export class Feed<Event> {
  readonly #readers = new Set<Reader<Event>>();
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

  read(): AsyncGenerator<Event, void, undefined> {
    const reader: Reader<Event> = { queue: [], wake: () => undefined, ended: false };
    return endable(this.#events(reader), () => {
      reader.ended = true;
      reader.wake();
    });
  }

  async *#events(reader: Reader<Event>): AsyncGenerator<Event, void, undefined> {
    // Not before it is read: what is published until then would be missed.
    if (this.#latest !== undefined) reader.queue.push(this.#latest);
    this.#readers.add(reader);
    try {
      for (;;) {
        const event = reader.queue.shift();
        if (event !== undefined) yield event;
        else if (this.#closed || reader.ended) return;
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
