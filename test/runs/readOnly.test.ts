import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exportFolders } from '../../src-main/exchange/exportRuns.ts';
import { Transfer } from '../../src-main/exchange/Transfer.ts';
import { aRun } from '../support/aRun.ts';
import { codeOf, openLog } from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** For the superuser no folder is read-only. */
it.runIf(process.getuid?.() !== 0)('a read-only data folder can be looked at and exported', async () => {
  const home = temporaryFolder();
  const log = openLog(home);
  const { id } = aRun(log);
  log.close();
  chmodSync(home, 0o500);
  onTestFinished(() => {
    chmodSync(home, 0o700);
  });
  const shown = openLog(home);
  expect(shown.readOnly).toBe(true);
  await shown.catchUp();
  expect(shown.list.all()).toMatchObject([{ id, name: 'whole', top1Error: 12.25 }]);
  expect(await exportFolders(shown, [id], join(temporaryFolder(), 'to'), new Transfer())).toHaveLength(1);
  chmodSync(shown.folder(id).path, 0o500);
  const renamed = () => {
    shown.annotate(id, { name: 'y' });
  };
  expect(codeOf(renamed)).toBe('write-failed');
  chmodSync(shown.folder(id).path, 0o700);
});
