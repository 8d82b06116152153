import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { bytesOf } from '../foundation/files.ts';
import { folderMissing } from '../runs/errors.ts';
import { requireIntactCheckpoints } from '../runs/folder/checkpointFile.ts';
import type { RunFolder } from '../runs/folder/RunFolder.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { writeArchive } from './archive/writeArchive.ts';
import { copyRun, runBytes } from './copyRun.ts';
import { exportEvents } from './tensorboard/exportEvents.ts';
import type { Transfer } from './Transfer.ts';

/*
 * Exports runs to another place or for another program. Existing files are not overwritten, except event files, which
 * are brought up to date with their runs. All functions return the paths of what they wrote, and throw
 * `nothing-to-export`, `folder-missing`, `weights-corrupt`, `target-exists`, `disk-full`, `write-failed` and the signal's reason.
 */

/** A folder for each run, `TARGET/ID`, from which it can be imported. */
export async function exportFolders(
  log: RunLog,
  ids: readonly string[],
  target: string,
  transfer: Transfer,
): Promise<string[]> {
  requireSome(ids);
  const folders = ids.map((id) => folderOf(log, id));
  const copies = folders.map(({ path }) => ({ from: path, to: join(target, basename(path)) }));
  // Checked for all before the first is copied.
  for (const { to } of copies) requireNew(to);
  for (const folder of folders) await requireIntactCheckpoints(folder);
  transfer.totalBytes = copies.reduce((sum, { from }) => sum + runBytes(from), 0);
  for (const { from, to } of copies) await copyRun(from, to, transfer);
  return copies.map(({ to }) => to);
}

/** One zip file of runs, and of studies with all their runs. */
export async function exportArchive(
  log: RunLog,
  { runs: ids, studies: requestedStudies }: { runs: readonly string[]; studies: readonly string[] },
  target: string,
  transfer: Transfer,
): Promise<string[]> {
  requireNew(target);
  const studies = requestedStudies.map((requested) => log.studies.resolve(requested));
  const all = new Set([...ids, ...studies.flatMap((id) => log.studies.runsOf(id).map(({ runId }) => runId))]);
  requireSome([...all]);
  const contents = {
    runs: [...all].map((id) => ({ id, folder: folderOf(log, id) })),
    studies: studies.map((id) => ({ id, path: log.studies.file(id) })),
  };
  for (const { folder } of contents.runs) await requireIntactCheckpoints(folder);
  await writeArchive(target, contents, transfer);
  return [target];
}

/** A TensorBoard log directory, with a folder in it for each run. */
export async function exportEventFiles(
  log: RunLog,
  ids: readonly string[],
  target: string,
  transfer: Transfer,
): Promise<string[]> {
  requireSome(ids);
  const exported = ids.map((id) => ({
    run: log.runs.get(id),
    folder: folderOf(log, id),
    evaluations: log.evaluations.of(id),
  }));
  transfer.totalBytes = exported.reduce((sum, { folder }) => sum + bytesOf(folder.metrics), 0);
  const paths: string[] = [];
  for (const run of exported) paths.push(await exportEvents(target, run, transfer));
  return paths;
}

/** @throws WorkbenchError `nothing-to-export` */
function requireSome(ids: readonly string[]): void {
  if (ids.length > 0) return;
  throw new WorkbenchError(
    'nothing-to-export',
    'No run is chosen.',
    'Name runs, or for an archive a study that has some.',
  );
}

/** @throws WorkbenchError `target-exists` */
export function requireNew(path: string, nextStep = 'Choose a path that does not exist yet.'): void {
  if (!existsSync(path)) return;
  throw new WorkbenchError('target-exists', `${path} exists already.`, nextStep);
}

function folderOf(log: RunLog, id: string): RunFolder {
  const folder = log.folder(id);
  if (folder.isOfRun) return folder;
  throw folderMissing(id, folder.path);
}
