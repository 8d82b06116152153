import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export interface HashOptions {
  algorithm?: 'sha256' | 'md5';
  /** Called every megabyte with the number of bytes that are read. */
  onRead?: (doneBytes: number) => void;
  signal?: AbortSignal | undefined;
}

/** The hash of a file's content as hexadecimal digits. @throws Error of the file system; the signal's reason */
export async function hashOfFile(
  path: string,
  { algorithm = 'sha256', onRead, signal }: HashOptions = {},
): Promise<string> {
  const hash = createHash(algorithm);
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  let done = 0;
  file.on('data', (chunk) => {
    done += chunk.length;
    onRead?.(done);
  });
  await pipeline(file, hash, { ...(signal && { signal }) }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  return hash.digest('hex');
}
