import { EventEmitter } from 'node:events';

export type PortData = string | Uint8Array;

interface Way {
  send(data: PortData): void;
  close(): void;
}

/** The program's end of a channel of which a page holds the other. */
export class MessagePortMain extends EventEmitter {
  closed = false;
  readonly #way: Way;
  #waiting: PortData[] | undefined = [];

  constructor(way: Way) {
    super();
    this.#way = way;
  }

  postMessage(data: PortData): void {
    if (!this.closed) this.#way.send(data);
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.receive(data);
  }

  close(): void {
    if (this.closed) return;
    this.#way.close();
    this.end();
  }

  /** Something came from the page. */
  receive(data: PortData): void {
    if (this.#waiting) this.#waiting.push(data);
    else this.emit('message', { data, ports: [] });
  }

  /** The other end is gone. */
  end(): void {
    if (this.closed) return;
    this.closed = true;
    this.emit('close');
  }
}
