import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import type { ProvidedFile } from './checksums.ts';
import type { SetupContext } from './progress.ts';
import { interrupted } from './runProgram.ts';

/**
 * Extracts the requested files of a zip archive one after the other, without holding a whole file in memory: the
 * largest has 788 MB. Each is flushed to the disk. (yauzl refuses names that lead out of the folder.)
 *
 * @returns the names of the extracted files, with their sizes and checksums
 * @throws WorkbenchError `setup-interrupted`
 */
export async function extractFiles(
  archive: string,
  folder: string,
  isRequested: (name: string) => boolean,
  context: SetupContext,
): Promise<ProvidedFile[]> {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    const entries = [];
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/') && isRequested(entry.fileName)) entries.push(entry);
    }
    const subject = basename(archive);
    const totalBytes = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    let doneBytes = 0;
    const extracted: ProvidedFile[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.fileName);
      await mkdir(dirname(path), { recursive: true });
      const content = await zip.openReadStreamPromise(entry);
      const hash = createHash('sha256');
      content.on('data', (chunk: Buffer) => {
        hash.update(chunk);
        doneBytes += chunk.length;
        context.onProgress({ stage: 'extract', subject, doneBytes, totalBytes });
      });
      await pipeline(content, createWriteStream(path, { flush: true }), {
        ...(context.signal && { signal: context.signal }),
      });
      extracted.push({ path: entry.fileName, bytes: entry.uncompressedSize, sha256: hash.digest('hex') });
    }
    return extracted;
  } catch (error) {
    throw context.signal?.aborted ? interrupted(error) : error;
  } finally {
    zip.close();
  }
}
