import { appendFileSync } from 'node:fs';
import { fileError } from '../../foundation/files.ts';
import { fileMode } from '../../foundation/privateFolders.ts';
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
  tell(news: NodeNews): void {
    const line = JSON.stringify({ at: new Date().toISOString(), token: this.#token, ...news });
    try {
      // A line break first: the last line of an attempt that died may be unfinished.
      appendFileSync(this.#path, `\n${line}\n`, { mode: fileMode(this.#path) });
    } catch (error) {
      throw fileError(error, this.#path);
    }
  }
}
