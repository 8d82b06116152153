import { openPromise } from 'yauzl';
import { isWithin, zipFault } from '../../foundation/soundZip.ts';
import type { Entry } from './entry.ts';

/** The files of a zip archive. A file that unpacks to more than the directory says is refused by yauzl. @throws Error if it is none */
export async function* zipEntries(path: string): AsyncGenerator<Entry> {
  const fault = zipFault(path);
  if (fault !== undefined) throw new Error(`its ${fault}`);
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (!isWithin(entry, archive.fileSize)) throw new Error(`${entry.fileName} lies outside it`);
      yield {
        name: entry.fileName,
        bytes: entry.uncompressedSize,
        content: streamed(() => archive.openReadStreamPromise(entry)),
      };
    }
  } finally {
    archive.close();
  }
}

/** Opened when it is read. */
async function* streamed(open: () => Promise<AsyncIterable<unknown>>): AsyncGenerator<Uint8Array> {
  for await (const chunk of await open()) yield chunk as Buffer;
}
