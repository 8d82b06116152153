import { createHash } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { streamFileAtomically } from '../foundation/files.ts';
import { freeBytes } from '../foundation/freeBytes.ts';
import { requireIntactCheckpoints } from '../runs/folder/checkpointFile.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import { readStudy } from '../runs/folder/studyFile.ts';
import { givenAnnotationsSchema } from '../runs/annotations.ts';
import type { Run, RunRecord } from '../runs/records.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { ArchiveReader } from './archive/ArchiveReader.ts';
import { damaged } from './archive/errors.ts';
import { idsIn, type ManifestFile } from './archive/manifest.ts';
import { copyRun, runBytes } from './copyRun.ts';
import type { Transfer } from './Transfer.ts';

/** What was imported or existed already. */
export interface Imported {
  runs: Run[];
  /** The ids of the studies. */
  studies: string[];
  /** The ids of those runs that were here before, and stay as they were. */
  known: string[];
}

/**
 * Imports the folder of a run, or an archive of runs and studies: all of it or nothing. It is copied beside the runs,
 * checked there, and moved into place. Runs and studies that exist already stay as they are.
 *
 * @throws WorkbenchError `import-missing`, `disk-full`, `write-failed`, those of {@link ArchiveReader.open} and of
 *   `RunLog.takeIn`; the signal's reason
 */
export async function importRuns(log: RunLog, path: string, transfer: Transfer): Promise<Imported> {
  const source = resolve(path);
  const kind = statSync(source, { throwIfNoEntry: false });
  if (!kind) {
    throw new WorkbenchError(
      'import-missing',
      `There is no ${source}.`,
      'Check the path of the folder or archive.',
    );
  }
  const staging = log.openStaging();
  const before = new Set(log.runs.ids());
  try {
    const imported = kind.isDirectory()
      ? await importFolder(log, source, staging, transfer)
      : await importArchive(log, source, staging, transfer);
    const known = imported.runs.map(({ id }) => id).filter((id) => before.has(id));
    return { ...imported, known };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function importFolder(
  log: RunLog,
  source: string,
  staging: string,
  transfer: Transfer,
): Promise<Omit<Imported, 'known'>> {
  // Checked before anything large is copied.
  const record = new RunFolder(source).readRecord();
  requireAnnotations(source, record);
  const { id } = record;
  transfer.totalBytes = runBytes(source);
  requireSpace(staging, transfer.totalBytes);
  const copy = join(staging, id);
  await copyRun(source, copy, transfer);
  try {
    await requireIntactCheckpoints(new RunFolder(copy));
    return { runs: await log.takeIn([copy]), studies: [] };
  } catch (error) {
    throw aboutCopies(error, copy) ? ofSource(error, copy, source) : error;
  }
}

async function importArchive(
  log: RunLog,
  source: string,
  staging: string,
  transfer: Transfer,
): Promise<Omit<Imported, 'known'>> {
  const archive = await ArchiveReader.open(source);
  try {
    const { files } = archive;
    transfer.totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    requireSpace(staging, transfer.totalBytes);
    for (const file of files) await extract(archive, file, join(staging, file.path), transfer);
    return await takeInExtracted(log, source, staging, files);
  } finally {
    archive.close();
  }
}

/** @throws WorkbenchError `archive-damaged` if one of its files cannot be read, and those of `RunLog.takeIn` */
async function takeInExtracted(
  log: RunLog,
  source: string,
  staging: string,
  files: readonly ManifestFile[],
): Promise<Omit<Imported, 'known'>> {
  try {
    const studies = idsIn('studies', files).map((id) => {
      const study = readStudy(join(staging, 'studies'), id);
      requireId(source, id, study);
      return study;
    });
    const folders = idsIn('runs', files).map((id) => {
      const folder = join(staging, 'runs', id);
      const record = new RunFolder(folder).readRecord();
      requireId(source, id, record);
      requireAnnotations(source, record);
      return folder;
    });
    for (const folder of folders) await requireIntactCheckpoints(new RunFolder(folder));
    return { runs: await log.takeIn(folders, studies), studies: studies.map(({ id }) => id) };
  } catch (error) {
    if (!aboutCopies(error, staging)) throw error;
    throw damaged(source, error.message.replaceAll(`${staging}/`, '').replace(/\.$/, ''), error);
  }
}

/** Whether an error is about a temporary copy, which a person cannot repair. */
function aboutCopies(error: unknown, copies: string): error is WorkbenchError {
  return error instanceof WorkbenchError && error.message.includes(copies);
}

function ofSource(error: WorkbenchError, copy: string, source: string): WorkbenchError {
  const { code, message, nextStep, kind } = error;
  return new WorkbenchError(code, message.replaceAll(copy, source), nextStep, { kind, cause: error });
}

/** Checks that each run and each study is stored under its own id. */
function requireId(source: string, id: string, record: { id: string }): void {
  if (record.id !== id) throw damaged(source, `${id} is of ${record.id}`);
}

/** Holds what others note of a run to what may be typed here. @throws WorkbenchError `record-unreadable` */
function requireAnnotations(source: string, record: RunRecord): void {
  const result = givenAnnotationsSchema.safeParse(record);
  const [issue] = result.error?.issues ?? [];
  if (!issue) return;
  throw new WorkbenchError(
    'record-unreadable',
    `The ${String(issue.path[0])} of run ${record.id} in ${source} is none that a run can have: ${issue.message}.`,
    'Change it in the workbench that the run is from, and export the run again.',
  );
}

/** @throws WorkbenchError `archive-damaged` if the content is not what the manifest says */
async function extract(
  archive: ArchiveReader,
  file: ManifestFile,
  to: string,
  transfer: Transfer,
): Promise<void> {
  const sum = createHash('sha256');
  async function* summed() {
    for await (const chunk of transfer.through(archive.read(file))) {
      sum.update(chunk);
      yield chunk;
    }
    if (sum.digest('hex') !== file.sha256)
      throw damaged(archive.path, `the checksum of ${file.path} is not that of its manifest`);
  }
  await streamFileAtomically(to, summed());
}

/** Throws before hours of copying if there is not enough space. */
function requireSpace(folder: string, bytes: number): void {
  if (!existsSync(folder)) return;
  const free = freeBytes(folder);
  if (bytes <= free) return;
  throw new WorkbenchError(
    'disk-full',
    `It takes ${Math.ceil(bytes / 1e6)} MB, and ${Math.floor(free / 1e6)} MB are left in ${dirname(folder)}.`,
    'Free some space there, or choose a data folder on another disk.',
    { kind: 'failure' },
  );
}
