import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WorkbenchError } from './errors.ts';
import { systemProblem } from './systemErrors.ts';
import { fileMode, folderMode } from './privateFolders.ts';

const bytesOfBlock = 256 * 1024;
const flushedAtOnce = 16;

/** A key for caching what is made from a file: it changes whenever the file is written. */
export function identityOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${path}@${mtimeMs}@${size}`;
}

/**
 * Reads a file that should be small; undefined if it is larger, or no file but something that may never end.
 *
 * @throws Error as the file system gives it
 */
export function readSmallFile(path: string, maxBytes: number): Buffer | undefined {
  const facts = statSync(path);
  return facts.isFile() && facts.size <= maxBytes ? readFileSync(path) : undefined;
}

/** Writes parts of a file one after the other, so that no part has to be kept in memory. */
export type PartWriter = (part: Uint8Array) => void;

/** Writes over bytes that were written before, from a position on. */
export type PartRewriter = (part: Uint8Array, position: number) => void;

/**
 * Writes a file under a temporary name beside its target, flushes it to the disk and renames it:
 * a reader sees the old file or the new one, never half of one.
 *
 * @param options.isFlushed false for one of many new files that {@link flushFiles} flushes together
 * @throws WorkbenchError `disk-full`, `write-failed`; the target is then as it was
 */
export function writeFileAtomically(
  path: string,
  content: string | Uint8Array | ((write: PartWriter, writeAt: PartRewriter) => void),
  { isFlushed = true }: { isFlushed?: boolean } = {},
): void {
  const temporary = temporaryName(path);
  try {
    ensureFolder(dirname(path));
    const file = openSync(temporary, 'w', fileMode(path));
    try {
      const put = (part: Uint8Array, position: number | null) => {
        for (let offset = 0; offset < part.byteLength;) {
          const at = position === null ? null : position + offset;
          offset += writeSync(file, part, offset, part.byteLength - offset, at);
        }
      };
      const write: PartWriter = (part) => {
        put(part, null);
      };
      if (typeof content === 'function') content(write, put);
      else write(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
      if (isFlushed) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeTemporary(temporary);
    throw fileError(error, path);
  }
}

/**
 * Writes what is to replace a file under a temporary name beside it, without flushing.
 *
 * @returns that name
 * @throws WorkbenchError `disk-full`, `write-failed`
 */
export function writeBeside(path: string, content: string): string {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content, { mode: fileMode(path) });
    return temporary;
  } catch (error) {
    removeTemporary(temporary);
    throw fileError(error, path);
  }
}

/**
 * Writes a large file in the same way from chunks, without blocking the event loop while a chunk is written. If making
 * the chunks throws, the file is given up.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`, and what the chunks throw; the target is then as it was
 */
export async function streamFileAtomically(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    ensureFolder(dirname(path));
    const file = await open(temporary, 'w', fileMode(path));
    try {
      for await (const block of inBlocks(chunks)) await file.writeFile(block);
      await file.sync();
    } finally {
      await file.close();
    }
    renameSync(temporary, path);
  } catch (error) {
    removeTemporary(temporary);
    throw fileError(error, path);
  }
}

/**
 * Flushes files to the disk that were written without. The disk takes many at once in a fraction of the time that they take
 * one after the other.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`
 */
export async function flushFiles(paths: readonly string[]): Promise<void> {
  const left = [...paths];
  const flushSome = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      try {
        const file = await open(path, 'r+');
        try {
          await file.sync();
        } finally {
          await file.close();
        }
      } catch (error) {
        throw fileError(error, path);
      }
    }
  };
  await Promise.all(Array.from({ length: flushedAtOnce }, flushSome));
}

/** Joins small chunks, so that the disk gets fewer and larger writes. */
async function* inBlocks(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    bytes += chunk.byteLength;
    if (bytes < bytesOfBlock) continue;
    yield Buffer.concat(gathered);
    gathered = [];
    bytes = 0;
  }
  yield Buffer.concat(gathered);
}

/** Makes an empty file if there is none, for a library that would make it with permissions of its own choice. */
export function ensureFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', fileMode(path)));
}

/** A name beside the target, so that the file can be renamed, and unique, so that no two writers share it. */
function temporaryName(path: string): string {
  return `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

/** May fail for the same reason as the write itself; only the error of the write is reported. */
function removeTemporary(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The temporary file is left behind.
  }
}

/** Turns the errors of a full, failing or read-only disk into ones that say what to do; passes others on. */
export function fileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new WorkbenchError(
      'write-failed',
      `${path} cannot be written.`,
      'Check the permissions there or choose another place.',
      { kind: 'failure', cause: error },
    );
  }
  if (code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR') {
    return inTheWay(path, error);
  }
  const problem = systemProblem(error, path);
  if (!problem) return error;
  return new WorkbenchError(problem.code, problem.message, problem.nextStep, {
    kind: 'failure',
    cause: error,
  });
}

/**
 * Makes a folder and its missing parents, one by one: Node's recursive way never returns where a folder cannot be made
 * inside one that exists, as in `/proc`.
 *
 * @throws Error as the file system gives it; WorkbenchError `write-failed` where no folder can be made
 */
export function ensureFolder(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) ensureFolder(parent);
  try {
    mkdirSync(path, folderMode(path));
  } catch (error) {
    if (isFolder(path)) return;
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new WorkbenchError(
      'write-failed',
      `No folder ${path} can be made in ${parent}.`,
      'Choose another place.',
      { cause: error },
    );
  }
}

/** Of a file; 0 if there is none. */
export function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function inTheWay(path: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'write-failed',
    `${path} cannot be written: a file stands where a folder is needed, or a folder where a file is.`,
    'Choose another path, or move away what is there.',
    { cause },
  );
}

/**
 * Makes a folder if there is none, and makes sure that files can be written into it, before the work that makes them.
 *
 * @throws WorkbenchError `write-failed`, `disk-full`
 */
export function requireFolder(path: string): void {
  try {
    ensureFolder(path);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fileError(error, path);
  }
}

/** Makes sure in the same way that one file can be written. */
export function requireWritable(path: string): void {
  requireFolder(dirname(path));
  if (isFolder(path)) throw inTheWay(path);
}
