import { appendJsonLine } from '../../foundation/jsonLines.ts';
import type { NodeNews } from '../events.ts';

/** The file of events, to which one attempt adds its own. */
export class NodeEvents {
  readonly #path: string;
  readonly #token: string;

  constructor(path: string, token: string) {
    this.#path = path;
    this.#token = token;
  }

  /** @throws WorkbenchError `disk-full`, `write-failed` */
  write(news: NodeNews): void {
    appendJsonLine(this.#path, { token: this.#token, ...news });
  }
}
