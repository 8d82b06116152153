import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { fileError, writeFileAtomically } from '../../foundation/files.ts';
import { parseJson } from '../json.ts';
import { idSchema, runStatusSchema } from '../records.ts';

/** `studies/ID.json` in the data folder: a study and the runs in it, so that its rows can be rebuilt. */
const studyRecordSchema = z.object({
  id: idSchema,
  preset: z.string(),
  dataset: z.string(),
  status: runStatusSchema,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** What is to be run; the code that runs it defines its form. */
  definition: z.record(z.string(), z.unknown()),
  runs: z.array(z.object({ key: z.string(), runId: z.string(), seed: z.int() })),
});
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

/** @throws WorkbenchError `write-failed` */
export function removeStudy(folder: string, id: string): void {
  const path = studyFile(folder, id);
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw fileError(error, path);
  }
}

/** @throws WorkbenchError `record-unreadable` */
export function readStudy(folder: string, id: string): StudyRecord {
  const path = studyFile(folder, id);
  return parseJson(studyRecordSchema, readFileSync(path, 'utf8'), `file ${path}`);
}
