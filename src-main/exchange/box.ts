import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../foundation/errors.ts';
import { resourcesFolder } from '../foundation/project.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { ArchiveReader } from './archive/ArchiveReader.ts';
import { idsIn } from './archive/manifest.ts';
import { importRuns } from './importRuns.ts';
import { Transfer } from './Transfer.ts';

/** The net that ships with the workbench: an archive of one run, made by `npm run data:box`. */
export const boxArchive = join(resourcesFolder, 'box', 'box.zip');

/**
 * The run of the net in the box. It is imported at the first time, and stays as it is later, whatever was noted or scored
 * since.
 *
 * @returns its id
 * @throws WorkbenchError those of {@link importRuns}
 */
export async function openBox(log: RunLog): Promise<string> {
  const id = await idOfBox();
  if (log.runs.has(id)) return id;
  await importRuns(log, boxArchive, new Transfer());
  return id;
}

async function idOfBox(): Promise<string> {
  if (!existsSync(boxArchive)) throw missing();
  const archive = await ArchiveReader.open(boxArchive);
  try {
    const [id] = idsIn('runs', archive.files);
    if (id === undefined) throw missing();
    return id;
  } finally {
    archive.close();
  }
}

function missing(): WorkbenchError {
  return new WorkbenchError(
    'import-missing',
    `The net in the box is not at ${boxArchive}.`,
    'Install the workbench again, or make it with npm run data:box in a checkout.',
    { kind: 'failure' },
  );
}
