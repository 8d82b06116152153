import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WorkbenchError } from '../../foundation/errors.ts';
import { fileError } from '../../foundation/files.ts';
import { freeBytes } from '../../foundation/freeBytes.ts';
import { fileMode, folderMode, namesIn } from '../../foundation/privateFolders.ts';
import { safeFileName } from '../../foundation/safeFileName.ts';
import { bytesText } from '../../vocabulary/bytes.ts';
import { mostUploadBytes, uploadEndings, type UploadKind } from '../../vocabulary/uploads.ts';
import { uploadsFolder } from '../../workbench/inputs/uploads.ts';

/** What is left free on the disk for the runs that write there. */
const bytesLeftFree = 500e6;
const millisecondsKept = 24 * 3600_000;
const ending = '.part';

/** What is sent, as the browser calls it. `bytes` is null where the browser does not say how many come. */
export interface SentFile {
  what: UploadKind;
  name: string;
  bytes: number | null;
}

/**
 * Files that a browser sends, each in a folder of its own below `uploads/` of the data folder. Weights stay, since runs
 * may start from them again; all others go when the server ends, or a day later if it was killed.
 */
export class Uploads {
  readonly #home: string;
  /** Folders of what does not stay, or is not there as a whole. */
  readonly #passing = new Set<string>();

  readonly #free: (folder: string) => number;

  /** @param free bytes that can still be written into a folder */
  constructor(home: string, free = freeBytes) {
    this.#home = home;
    this.#free = free;
    this.#removeLeft();
  }

  /**
   * Writes a file to the disk as it comes.
   *
   * @param name only its last part is used, made harmless: see {@link safeFileName}
   * @returns its path
   * @throws WorkbenchError `upload-refused`, `upload-too-large`, `upload-interrupted`, `disk-full`, `write-failed`;
   *   nothing of it remains then
   */
  async take({ what, name: given, bytes }: SentFile, content: Readable): Promise<string> {
    const name = safeFileName(given);
    if (!uploadEndings[what].includes(extname(name).toLowerCase())) throw ofOtherKind(name, what);
    if (bytes !== null && bytes > mostUploadBytes[what]) throw tooLarge(name, what);
    this.#requireSpace(name, bytes ?? 0);
    const folder = join(uploadsFolder(this.#home), what, randomBytes(12).toString('base64url'));
    const path = join(folder, name);
    this.#passing.add(folder);
    try {
      mkdirSync(folder, { recursive: true, mode: folderMode(folder) });
      const file = createWriteStream(path + ending, { flags: 'wx', mode: fileMode(path) });
      await pipeline(
        content,
        counting(mostUploadBytes[what], () => tooLarge(name, what)),
        file,
      );
      renameSync(path + ending, path);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      this.#passing.delete(folder);
      throw isBrokenOff(error) ? interrupted(name) : fileError(error, path);
    }
    if (what === 'weights') this.#passing.delete(folder);
    return path;
  }

  /** Deletes what does not stay. */
  close(): void {
    for (const folder of this.#passing) rmSync(folder, { recursive: true, force: true });
    this.#passing.clear();
  }

  /** @throws WorkbenchError `disk-full` */
  #requireSpace(name: string, bytes: number): void {
    const free = this.#free(this.#home);
    if (bytes + bytesLeftFree <= free) return;
    throw new WorkbenchError(
      'disk-full',
      `${name} has ${bytesText(bytes)}, and the disk of ${this.#home} only ${bytesText(free)}, of which ${bytesText(bytesLeftFree)} are left free.`,
      'Free some space there, then send it again.',
      { kind: 'failure' },
    );
  }

  /** What a server that was killed has left; another that is running may be receiving something now. */
  #removeLeft(): void {
    for (const what of Object.keys(uploadEndings)) {
      const folder = join(uploadsFolder(this.#home), what);
      for (const name of namesIn(folder)) {
        const one = join(folder, name);
        const isOld =
          Date.now() - (statSync(one, { throwIfNoEntry: false })?.mtimeMs ?? 0) > millisecondsKept;
        const isWhole = what === 'weights' && !namesIn(one).some((file) => file.endsWith(ending));
        if (isOld && !isWhole) rmSync(one, { recursive: true, force: true });
      }
    }
  }
}

function counting(most: number, refuse: () => Error): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.byteLength;
      if (bytes > most) done(refuse());
      else done(null, chunk);
    },
  });
}

/** The socket broke, or the window gave it up. */
function isBrokenOff(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EPIPE';
}

function tooLarge(name: string, what: UploadKind): WorkbenchError {
  return new WorkbenchError(
    'upload-too-large',
    `${name} is larger than the ${bytesText(mostUploadBytes[what])} that are taken of such a file.`,
    'Copy it to the machine of the workbench by other means, such as scp, and give its path.',
  );
}

function ofOtherKind(name: string, what: UploadKind): WorkbenchError {
  return new WorkbenchError(
    'upload-refused',
    `${name} does not end as such a file does.`,
    `Send one that ends with ${uploadEndings[what].join(', ')}.`,
  );
}

function interrupted(name: string): WorkbenchError {
  return new WorkbenchError(
    'upload-interrupted',
    `The connection ended before all of ${name} was there; nothing of it was kept.`,
    'Send it again.',
    { kind: 'interrupted' },
  );
}
