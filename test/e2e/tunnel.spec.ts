import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportArchive } from '../../src-main/exchange/exportRuns.ts';
import { Transfer } from '../../src-main/exchange/Transfer.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import { aRun } from '../support/aRun.ts';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

/* What a person needs who sees the workbench's machine only through a browser. */

test('a folder of classes is found among the folders of the machine, by keys alone', async ({
  window,
  workbench,
  hostKind,
}) => {
  test.skip(hostKind !== 'browser', 'The desktop app has dialogs.');
  const photos = join(workbench.home, 'own', 'photos');
  for (const name of ['cat', 'dog']) {
    mkdirSync(join(photos, name), { recursive: true });
    for (let index = 0; index < 5; index++) writeFileSync(join(photos, name, `${index}.jpg`), 'x');
  }
  await goTo(window, '/new?what=run&preset=none');
  const field = window
    .getByRole('combobox', { name: 'Dataset' })
    .or(window.getByLabel('Dataset', { exact: true }));
  await field.fill(join(workbench.home, 'own'));
  await window.locator('[title="data.dataset"]').getByRole('button', { name: 'Browse…' }).click();
  const dialog = window.getByRole('dialog');
  await expect(dialog.getByRole('option', { name: 'photos' })).toContainText('folders of classes');
  await dialog.getByRole('listbox').focus();
  await window.keyboard.press('Enter');
  await expect(dialog.getByLabel('Path')).toHaveValue(photos);
  await expect(dialog.getByRole('option')).toHaveCount(2);
  await window.keyboard.press('Backspace');
  await expect(dialog.getByLabel('Path')).toHaveValue(join(workbench.home, 'own'));
  await window.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Choose this folder' }).click();
  await expect(field).toHaveValue(photos);
  await expect(window.getByText(/2 of its 10 images validate \(own split, 20 %, seed 1\)/)).toBeVisible();
});

test('an archive is sent, imported, and fetched again by its name', async ({
  window,
  workbench,
  hostKind,
}) => {
  test.skip(hostKind !== 'browser', 'The desktop app has dialogs.');
  const elsewhere = mkdtempSync(join(tmpdir(), 'vgg-elsewhere-'));
  const log = new RunLog(join(elsewhere, 'home'));
  const { id } = aRun(log);
  const archive = join(elsewhere, 'run of mine.zip');
  await exportArchive(log, { runs: [id], studies: [] }, archive, new Transfer());
  log.close();

  await goTo(window, '/runs');
  await window.getByRole('button', { name: 'Import' }).first().click();
  const dialog = window.getByRole('dialog');
  const chosen = window.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Upload…' }).click();
  await (await chosen).setFiles(archive);
  await expect(dialog.getByLabel('Archive', { exact: true }).last()).toHaveValue(
    /uploads.*run of mine\.zip$/,
  );
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  // It was a means only.
  expect(readdirSync(join(workbench.home, 'uploads', 'archive'))).toEqual([]);

  await goTo(window, `/run/${id}`);
  await window.getByRole('button', { name: 'More' }).click();
  await window.getByRole('menuitem', { name: /Export/ }).click();
  const fetched = window.waitForEvent('download');
  await window.getByRole('dialog').getByRole('button', { name: 'Download' }).click();
  const download = await fetched;
  expect(download.suggestedFilename()).toBe(`${id}.zip`);
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  await expect.poll(() => readdirSync(join(workbench.home, 'downloads'))).toEqual([]);
  rmSync(elsewhere, { recursive: true, force: true });
});
