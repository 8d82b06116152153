import { basename } from 'node:path';
import { reportError, type ErrorReport } from '../foundation/errors.ts';
import { folderRenamed } from './errors.ts';
import type { RunFolder } from './folder/RunFolder.ts';

/** What happened to run folders and study files that had no rows. */
export interface RebuildReport {
  imported: string[];
  failed: { path: string; error: ErrorReport }[];
}

/**
 * Has rows made for folders of runs that have none. Damaged ones are reported, and the rest is still added.
 *
 * @param known the runs that have rows
 * @param index makes the rows of a run
 */
export function adoptFolders(
  folders: readonly RunFolder[],
  known: ReadonlySet<string>,
  index: (id: string) => void,
): RebuildReport {
  const report: RebuildReport = { imported: [], failed: [] };
  for (const folder of folders) {
    const name = basename(folder.path);
    if (known.has(name) || name.startsWith('.') || name.endsWith('.tmp') || !folder.isOfRun) continue;
    try {
      const { id } = folder.readRecord();
      if (id !== name) throw folderRenamed(folder.path, id);
      index(id);
      report.imported.push(id);
    } catch (error) {
      report.failed.push({ path: folder.path, error: reportError(error) });
    }
  }
  return report;
}
