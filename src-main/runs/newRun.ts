import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../configuration/schema.ts';
import { ensureFolder, fileError } from '../foundation/files.ts';
import { folderMode } from '../foundation/privateFolders.ts';
import type { DatasetFacts } from '../training/events.ts';
import { RunFolder } from './folder/RunFolder.ts';
import { newRunId } from './ids.ts';
import { recordOf, type Run, type RunEnvironment } from './records.ts';

/** What is known of a new run; the rest follows when it starts. */
export interface NewRun {
  config: RunConfig;
  name?: string;
  environment?: RunEnvironment;
  dataset?: DatasetFacts;
  now?: Date;
}

/** Makes the folder of a queued run, with its files. */
export function makeRun(
  folders: string,
  { config, name = '', environment, dataset, now = new Date() }: NewRun,
  files: { isFlushed: boolean },
): Run {
  for (;;) {
    const id = newRunId(config, now);
    const folder = new RunFolder(join(folders, id));
    if (!claim(folders, folder.path)) continue;
    const run: Run = {
      id,
      revision: 0,
      name,
      tags: [],
      notes: '',
      colour: null,
      pinned: false,
      status: 'queued',
      createdAt: now.toISOString(),
      startedAt: null,
      finishedAt: null,
      dataset: dataset ?? null,
      error: null,
      unresponsiveSince: null,
      config,
      environment: environment ?? null,
      owner: null,
      imported: false,
    };
    folder.writeConfig(config, files);
    if (environment) folder.writeEnvironment(environment);
    folder.writeRecord(recordOf(run), files);
    return run;
  }
}

/** Makes the folder itself; false if it exists already. */
function claim(folders: string, path: string): boolean {
  try {
    ensureFolder(folders);
    mkdirSync(path, folderMode(path));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw fileError(error, path);
  }
}
