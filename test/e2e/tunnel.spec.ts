import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

/* What a person needs who sees the workbench's machine only through a browser. */

test('a folder of classes is found among the folders of the machine, by keys alone', async ({
  window,
  workbench,
}) => {
  const photos = join(workbench.home, 'own', 'photos');
  for (const name of ['cat', 'dog']) {
    mkdirSync(join(photos, name), { recursive: true });
    for (let index = 0; index < 5; index++) writeFileSync(join(photos, name, `${index}.jpg`), 'x');
  }
  await goTo(window, '/new?what=run&preset=none');
  const field = window
    .getByRole('combobox', { name: 'Dataset' })
    .or(window.getByLabel('Dataset', { exact: true }));
  await field.first().fill(join(workbench.home, 'own'));
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
  await expect(field.first()).toHaveValue(photos);
  await expect(window.getByText(/2 of its 10 images validate \(own split, 20 %, seed 1\)/)).toBeVisible();
});
