import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, startRun, statusIs } from './steps.ts';
import { expect, test } from './workbench.ts';

test('a residual net is trained, its layers followed, looked into, taken to another format and back', async ({
  workbench,
  window,
  hostKind,
}) => {
  const run = await startRun(window, { net: 'resnet-34', epochs: 1 });
  await statusIs(window, 'finished');

  await window.getByRole('tab', { name: 'Layers' }).click();
  await expect(window.getByRole('tabpanel').locator('canvas').first()).toBeVisible();
  await expect(window.getByRole('tabpanel')).toContainText('proj3_1');

  await goTo(window, `/maps/${run}?tab=grad-cam`);
  await expect(window.getByRole('tabpanel').locator('img').first()).toBeVisible();
  await goTo(window, `/maps/${run}?tab=occlusion`);
  await window.getByRole('button', { name: 'Move the square' }).click();
  await expect(window.getByRole('tabpanel').locator('img').first()).toBeVisible();

  const folder = join(workbench.home, 'taken');
  const exportAs = async (kind: RegExp) => {
    await goTo(window, '/runs');
    await window
      .getByRole('checkbox', { name: /^Select/ })
      .last()
      .check();
    await window
      .getByRole('toolbar', { name: 'Selected runs' })
      .getByRole('button', { name: /^Export/ })
      .click();
    const dialog = window.getByRole('dialog');
    await dialog.getByRole('radio', { name: kind }).check();
    // A browser fetches them, unless it is asked to have them written there.
    if (hostKind === 'browser') await dialog.getByRole('radio', { name: /^On the workbench/ }).click();
    await dialog.getByRole('textbox').fill(folder);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(dialog.getByRole('list', { name: 'Written' })).toContainText(folder);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
  };
  await exportAs(/^Weights/);
  expect(existsSync(join(folder, `${run}-best.safetensors`))).toBe(true);
  await exportAs(/^Archive/);
  expect(existsSync(join(folder, `${run}.zip`))).toBe(true);
});
