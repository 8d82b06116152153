import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderMode, namesIn } from '../foundation/privateFolders.ts';
import { safeFileName } from '../foundation/safeFileName.ts';

const millisecondsKept = 3600_000;

/** A file that a browser may fetch. */
export interface Download {
  id: string;
  /** As the browser is to call it. */
  name: string;
  path: string;
  bytes: number;
}

/** Files that were written for a browser to fetch, each in a folder of its own below `downloads/` of the data folder. */
export class Downloads {
  readonly #folder: string;
  readonly #offered = new Map<string, Download>();

  constructor(home: string) {
    this.#folder = join(resolve(home), 'downloads');
  }

  /**
   * Has a file written and offers it. What nobody has fetched for an hour is removed.
   *
   * @param write gets the path to write and the folder that it is in, where other files may lie meanwhile
   * @throws what `write` throws; nothing remains then
   */
  async offer(given: string, write: (path: string, folder: string) => Promise<void>): Promise<Download> {
    this.#removeOld();
    const id = randomBytes(16).toString('base64url');
    const name = safeFileName(given);
    const folder = join(this.#folder, id);
    const path = join(folder, name);
    try {
      mkdirSync(folder, { recursive: true, mode: folderMode(folder) });
      await write(path, folder);
      const download = { id, name, path, bytes: statSync(path).size };
      this.#offered.set(id, download);
      return download;
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  find(id: string): Download | undefined {
    return this.#offered.get(id);
  }

  /** Of one that was fetched. */
  remove(id: string): void {
    if (this.#offered.delete(id)) rmSync(join(this.#folder, id), { recursive: true, force: true });
  }

  close(): void {
    for (const id of [...this.#offered.keys()]) this.remove(id);
  }

  /** Also what a program that was killed has left. */
  #removeOld(): void {
    for (const id of namesIn(this.#folder)) {
      const folder = join(this.#folder, id);
      const changedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (Date.now() - changedAt < millisecondsKept) continue;
      this.#offered.delete(id);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
