import { existsSync, renameSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { flushFiles } from '../foundation/files.ts';
import type { RunFolder } from './folder/RunFolder.ts';
import type { RunRecord } from './records.ts';
import type { RunDatabase } from './RunDatabase.ts';

/**
 * Changes many runs. Their records are flushed to the disk together, in a fraction of the time, beside those that they are
 * to replace: after a power cut every run has the old record or the new one.
 *
 * @param change changes the rows of a run and returns what its record is to hold; null for none. It is called twice: what it
 *   does first is taken back
 * @throws WorkbenchError `disk-full`, `write-failed`
 */
export async function changeTogether(
  database: RunDatabase,
  folderOf: (id: string) => RunFolder,
  ids: readonly string[],
  change: (id: string) => RunRecord | null,
): Promise<void> {
  const changeAll = () => ids.flatMap((id) => change(id) ?? []);
  const staged = new Map<string, { record: RunRecord; path: string }>();
  try {
    for (const record of database.rehearse(changeAll)) {
      const folder = folderOf(record.id);
      if (existsSync(folder.path)) staged.set(record.id, { record, path: folder.stageRecord(record) });
    }
    await flushFiles([...staged.values()].map(({ path }) => path));
    database.transaction(() => {
      for (const record of changeAll()) {
        const known = staged.get(record.id);
        // Another process may have changed the run meanwhile.
        const path = isDeepStrictEqual(known?.record, record) ? known?.path : undefined;
        putRecord(folderOf(record.id), record, path);
      }
    });
  } finally {
    for (const { path } of staged.values()) rmSync(path, { force: true });
  }
}

/** @param staged a file that holds the record already */
export function putRecord(folder: RunFolder, record: RunRecord, staged?: string): void {
  // A folder that was deleted by hand is not recreated with only a status in it.
  if (!existsSync(folder.path)) return;
  // A trainer that has just begun may have taken it for what a killed process had left.
  if (staged !== undefined && existsSync(staged)) renameSync(staged, folder.record);
  else folder.writeRecord(record);
}
