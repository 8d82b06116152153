import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

export interface HashOptions {
  algorithm?: 'sha256' | 'md5';
  /** Called every megabyte with the number of bytes that are read. */
  onRead?: (doneBytes: number) => void;
  signal?: AbortSignal | undefined;
}

const bytesAtOnce = 1 << 20;

/**
 * The hash of a file's content as hexadecimal digits. Reads into the same place again and again: of a library of half a
 * gigabyte, a stream would leave as much for the garbage collector, which is in no hurry with it.
 *
 * @throws Error of the file system; the signal's reason
 */
export async function hashOfFile(
  path: string,
  { algorithm = 'sha256', onRead, signal }: HashOptions = {},
): Promise<string> {
  const hash = createHash(algorithm);
  const file = await open(path);
  try {
    const { size } = await file.stat();
    // Of a file without a size, such as those of /proc, there may be more than it says.
    const part = Buffer.allocUnsafeSlow(Math.min(bytesAtOnce, Math.max(size, 4096)));
    for (let done = 0; ;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(part, 0, part.length);
      if (bytesRead === 0) break;
      hash.update(part.subarray(0, bytesRead));
      done += bytesRead;
      onRead?.(done);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
