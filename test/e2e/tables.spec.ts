import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

test('a study of nets A and B fills its rows of both tables, which read back as CSV', async ({ window }) => {
  await goTo(window, '/new?what=study');
  for (const net of ['A-LRN', 'C', 'D', 'E'])
    await window.getByRole('checkbox', { name: net, exact: true }).uncheck();
  await window.getByLabel('Dataset', { exact: true }).fill('fashion-mnist-small');
  await window.getByLabel('Another setting').selectOption('training.epochs');
  await window.getByRole('textbox', { name: 'Epochs' }).fill('1');
  await window.getByRole('button', { name: 'as text' }).click();
  const settings = window.getByRole('textbox', { name: 'Settings over the preset' });
  await expect(settings).toHaveValue('training.epochs=1');
  await settings.fill('training.epochs=1\nnetwork.width=0.0625');
  await window.getByRole('button', { name: /^Start/ }).click();
  // A study opens at what it says of the paper's claims.
  await expect(window).toHaveURL(/#\/claims\//);
  await expect(window.getByText('Deeper is better')).toBeVisible();
  await window.getByRole('link', { name: 'Its tables' }).click();
  await expect(window).toHaveURL(/#\/tables\//);
  await expect(window.getByRole('link', { name: /seed/ })).toHaveCount(2);
  await expect(window.locator('main')).toContainText('not ILSVRC');
  // The page begins with the table.
  const table = await window.getByRole('table', { name: /^Table 3/ }).boundingBox();
  expect(table?.y).toBeLessThan(280);

  const saved = async (): Promise<Record<string, string>[]> => {
    await window.getByRole('button', { name: 'Save' }).click();
    const [download] = await Promise.all([
      window.waitForEvent('download'),
      window.getByRole('menuitem', { name: /CSV/ }).click(),
    ]);
    return parse(readFileSync(await download.path()), { columns: true });
  };
  await expect
    .poll(async () => (await saved()).filter((row) => row.top1_error !== '').map((row) => row.config))
    .toEqual(['A', 'B']);
  const [a] = await saved();
  // Table 3 of the paper: A at S=Q=256 has a top-1 error of 29.6 %.
  expect(a).toMatchObject({ config: 'A', paper_top1_error: '29.6' });
  expect(Number(a?.top1_error)).toBeGreaterThan(0);

  await window.getByRole('link', { name: /^Table 4/ }).click();
  const measured = async () => (await saved()).find((row) => row.top1_error !== '');
  // The table that was shown stays until the other has come.
  await expect.poll(async () => (await measured())?.config).toBe('B');
  // Table 4: B at S=256, Q={224,256,288} has 28.2 %.
  expect(await measured()).toMatchObject({
    config: 'B',
    paper_top1_error: '28.2',
    protocol: expect.stringMatching(/^multi-crop-3x3, /),
  });
});
