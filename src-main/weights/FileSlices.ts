import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { WorkbenchError } from '../foundation/errors.ts';
import { damaged } from './WeightsFile.ts';

/** The most bytes to read by one call: the system reads no more than 2 GiB. */
const maxAtOnce = 1 << 30;

/** A file of any size, read slice by slice. No slice is made before it is known to lie within the file. */
export class FileSlices {
  readonly path: string;
  readonly size: number;
  readonly #file: number;

  /** @throws WorkbenchError `weights-not-found` */
  constructor(path: string) {
    this.path = path;
    let facts: Stats;
    try {
      // A pipe would be waited for as long as nobody writes into it.
      facts = statSync(path);
      if (!facts.isFile()) throw notFound(`${path} is no file.`);
      this.#file = openSync(path, 'r');
    } catch (error) {
      throw error instanceof WorkbenchError ? error : notFound(`${path} cannot be opened.`, error);
    }
    this.size = facts.size;
  }

  /**
   * @param subject what is read, for the error message: `conv1_1.weight`
   * @throws WorkbenchError `weights-damaged` if the file ends before that
   */
  bytes(offset: number, length: number, subject: string): Uint8Array<ArrayBuffer> {
    if (offset < 0 || length < 0 || offset + length > this.size) {
      throw damaged(this.path, `it ends within ${subject}`);
    }
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const read = readSync(this.#file, bytes, done, Math.min(length - done, maxAtOnce), offset + done);
      if (read === 0) throw damaged(this.path, `it ends within ${subject}`);
      done += read;
    }
    return bytes;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function notFound(fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'weights-not-found',
    fact,
    'Check the path of the weights file.',
    cause === undefined ? {} : { cause },
  );
}
