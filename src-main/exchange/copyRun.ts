import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { streamFileAtomically } from '../foundation/files.ts';
import { runFiles } from '../runs/folder/runFiles.ts';
import { makeFolder } from '../foundation/makeFolder.ts';
import type { Transfer } from './Transfer.ts';

/** Total size of a run's files in bytes. */
export function runBytes(folder: string): number {
  return runFiles(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

/**
 * Copies a run's folder to a path that does not exist; the copy appears when it is complete. Links and files that
 * belong to a process are left out.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`; the signal's reason
 */
export async function copyRun(from: string, to: string, transfer: Transfer): Promise<void> {
  await makeFolder(to, async (folder) => {
    for (const file of runFiles(from)) {
      const chunks: AsyncIterable<Buffer> = createReadStream(join(from, file), { highWaterMark: 1 << 20 });
      await streamFileAtomically(join(folder, file), transfer.through(chunks));
    }
  });
}
