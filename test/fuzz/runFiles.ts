import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeArchive } from '../../src-main/exchange/archive/writeArchive.ts';
import { Transfer } from '../../src-main/exchange/Transfer.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import { aRun } from '../support/aRun.ts';
import { aStudy } from '../support/aStudy.ts';
import type { Files } from './parsers.ts';

/* The files of a home with one finished run and one study, for those that read them. */

/** Does something with such a home, which is gone afterwards. */
async function inHome<Result>(work: (log: RunLog, run: string) => Promise<Result> | Result): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), 'vgg-fuzz-home-'));
  try {
    const log = new RunLog(home);
    try {
      const { id } = aRun(log);
      log.studies.put(aStudy({ status: 'finished' }));
      log.studies.putRun(aStudy().id, { key: 'A@64#1', runId: id, seed: 1 });
      return await work(log, id);
    } finally {
      log.close();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

export function filesOfRun(): Promise<Files> {
  return inHome((log, id) => filesIn(join(log.home, 'runs'), id));
}

/** With the database closed, so that its file holds everything. */
export function filesOfHome(): Files {
  const home = mkdtempSync(join(tmpdir(), 'vgg-fuzz-home-'));
  try {
    const log = new RunLog(home);
    aRun(log);
    log.close();
    const files = filesIn(home);
    return new Map([...files].filter(([name]) => name === 'workbench.sqlite'));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

export function archiveOfRun(): Promise<Buffer> {
  return inHome(async (log, id) => {
    const target = join(log.home, 'runs.zip');
    const study = aStudy().id;
    const contents = {
      runs: [{ id, folder: log.folder(id) }],
      studies: [{ id: study, path: log.studies.file(study) }],
    };
    await writeArchive(target, contents, new Transfer());
    return readFileSync(target);
  });
}

function filesIn(root: string, below = '.'): Map<string, Buffer> {
  const entries = readdirSync(join(root, below), { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1), readFileSync(path)]),
  );
}
