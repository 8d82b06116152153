import { endable } from './streams.ts';

interface Reader<Event> {
  queue: Event[];
  wake: () => void;
  /** Set once its consumer has stopped reading. */
  ended: boolean;
}

/**
 * A stream of events with any number of readers. Each gets everything published while it listens, in order; a late
 * reader first gets the latest event, if there is one.
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

  /** Ends every reader's stream, once it has read what was published. */
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
    // The latest event is queued only now: one queued earlier would miss what is published before reading begins.
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
