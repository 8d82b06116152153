import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { ensureFolder, fileError, readSmallFile, writeFileAtomically } from '../../foundation/files.ts';
import { studyAnnotationsSchema } from '../annotations.ts';
import { parseJson } from '../json.ts';
import { idSchema, runStatusSchema } from '../records.ts';

/** `studies/ID.json` in the data folder: a study and the runs in it, so that its rows can be rebuilt. */
const studyRecordSchema = z.object({
  id: idSchema,
  /** Files of earlier versions have neither. */
  name: studyAnnotationsSchema.shape.name.default(''),
  notes: studyAnnotationsSchema.shape.notes.default(''),
  preset: z.string(),
  dataset: z.string(),
  status: runStatusSchema,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** What is to be run; the code that runs it defines its form. */
  definition: z.record(z.string(), z.unknown()),
  runs: z
    .array(z.object({ key: z.string().max(200), runId: idSchema, seed: z.int() }))
    .refine((runs) => new Set(runs.map(({ key }) => key)).size === runs.length, 'two runs have one place'),
});
/** A study of a thousand runs takes a tenth of it. */
const maxBytes = 1_000_000;
export type StudyRecord = z.infer<typeof studyRecordSchema>;

export function studyFile(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}

/** The ids of the studies that have a file. */
export function studyIds(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => basename(name, '.json'));
}

export function writeStudy(folder: string, record: StudyRecord): void {
  writeFileAtomically(studyFile(folder, record.id), `${JSON.stringify(record, null, 2)}\n`);
}

/** Where the files of deleted studies lie until they are restored or deleted for good: they are small. */
const trashOf = (folder: string) => join(folder, '.trash');

/** Moves a study's file to the trash, where {@link restoreStudy} finds it. @throws WorkbenchError `write-failed` */
export function removeStudy(folder: string, id: string): void {
  const path = studyFile(folder, id);
  if (!existsSync(path)) return;
  try {
    ensureFolder(trashOf(folder));
    renameSync(path, studyFile(trashOf(folder), id));
    // When it was deleted.
    const now = new Date();
    utimesSync(studyFile(trashOf(folder), id), now, now);
  } catch (error) {
    throw fileError(error, path);
  }
}

/** Takes a deleted study's file back. @throws WorkbenchError `study-not-found`, `write-failed` */
export function restoreStudy(folder: string, id: string): void {
  const path = studyFile(trashOf(folder), id);
  if (!studyIds(trashOf(folder)).includes(id)) {
    throw new WorkbenchError(
      'study-not-found',
      `No study ${id} was deleted.`,
      'Make it again with its settings.',
    );
  }
  try {
    renameSync(path, studyFile(folder, id));
  } catch (error) {
    throw fileError(error, path);
  }
}

/** A deleted study: when it was deleted, and how large its file is. Its record is null if it cannot be read. */
export interface TrashedStudyFile {
  id: string;
  removedAt: string;
  bytes: number;
  record: StudyRecord | null;
}

export function trashedStudies(folder: string): TrashedStudyFile[] {
  return studyIds(trashOf(folder)).map((id) => {
    const { mtime, size } = statSync(studyFile(trashOf(folder), id));
    return { id, removedAt: mtime.toISOString(), bytes: size, record: readableStudy(trashOf(folder), id) };
  });
}

/** Deletes it for good. */
export function deleteTrashedStudy(folder: string, id: string): void {
  if (studyIds(trashOf(folder)).includes(id)) rmSync(studyFile(trashOf(folder), id), { force: true });
}

function readableStudy(folder: string, id: string): StudyRecord | null {
  try {
    return readStudy(folder, id);
  } catch {
    return null;
  }
}

/** @throws WorkbenchError `record-unreadable` */
export function readStudy(folder: string, id: string): StudyRecord {
  const path = studyFile(folder, id);
  const bytes = readSmallFile(path, maxBytes);
  if (bytes) return parseJson(studyRecordSchema, bytes.toString('utf8'), `file ${path}`);
  throw new WorkbenchError(
    'record-unreadable',
    `${path} is longer than the file of any study.`,
    'Delete it; the runs of the study stay.',
    { kind: 'failure' },
  );
}
