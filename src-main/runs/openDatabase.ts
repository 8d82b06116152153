import { accessSync, constants, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexFolder, indexName as name } from './indexFolder.ts';
import { RunDatabase, type DatabaseOptions } from './RunDatabase.ts';

/** The index of a data folder. */
export interface OpenIndex {
  database: RunDatabase;
  /** Whether nothing can be written into the data folder, so that the index is a copy that is gone when it is closed. */
  readOnly: boolean;
  /** Whether it lies on a local disk instead, so that other machines have others of the same folder. */
  isElsewhere: boolean;
  close: () => void;
}

/**
 * Opens the index of a data folder. SQLite cannot read it where nothing can be written, such as on a disk that is mounted
 * read-only, so there a copy of it is opened: the runs can be looked at and exported.
 *
 * @throws WorkbenchError as the constructor of {@link RunDatabase} does
 */
export function openIndex(home: string, options: DatabaseOptions): OpenIndex {
  const place = indexFolder(home);
  const path = join(place, name);
  if (!isReadOnly(home)) {
    const database = new RunDatabase(path, options);
    return {
      database,
      readOnly: false,
      isElsewhere: place !== home,
      close: () => {
        database.close();
      },
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'vgg-index-'));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const suffix of ['', '-wal']) {
      if (existsSync(path + suffix))
        cpSync(path + suffix, join(folder, name + suffix), { mode: constants.COPYFILE_FICLONE });
    }
    const database = new RunDatabase(join(folder, name), options);
    return {
      database,
      readOnly: true,
      isElsewhere: false,
      close: () => {
        database.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Whether a data folder is there and nothing can be written into it. */
function isReadOnly(home: string): boolean {
  if (!existsSync(join(home, 'runs'))) return false;
  try {
    accessSync(home, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}
