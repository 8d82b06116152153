import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { printed } from './printed.ts';
import { goTo, startRun, statusIs } from './steps.ts';
import { expect, test } from './workbench.ts';

/** Steps of a series in a run's folder, as they were written. */
function stepsOf(home: string, run: string, name: string): number[] {
  const rows = parse<Record<string, string>>(readFileSync(join(home, 'runs', run, 'metrics.csv')), {
    columns: true,
  });
  return rows.filter((row) => row.name === name).map(({ step }) => Number(step));
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('a run is started, watched, paused and resumed, and looked into when it has ended', async ({
  workbench,
  window,
  hostKind,
}) => {
  const run = await startRun(window, { epochs: 6 });
  await statusIs(window, 'running');
  await expect(window.getByText(/^step [1-9]/)).toBeVisible();
  await window.getByRole('button', { name: 'Pause' }).click();
  await statusIs(window, 'paused');
  await window.getByRole('button', { name: 'Resume' }).click();
  await statusIs(window, 'finished');

  // 3,000 training images in batches of 50, six times: each step is there once, though training was paused.
  expect(stepsOf(workbench.home, run, 'train/loss')).toEqual(upTo(360));

  await window.getByRole('tab', { name: 'Results' }).click();
  await expect(window.getByRole('tabpanel')).toContainText('multi-crop-3');
  await window.getByRole('tab', { name: 'Set-up' }).click();
  await expect(window.getByRole('tabpanel')).toContainText('network.width');
  await window.getByRole('tab', { name: 'Log', exact: true }).click();
  await expect(window.getByRole('tabpanel')).toContainText('trainer started');
  await window.getByRole('tab', { name: 'Confusion matrix' }).click();
  await expect(window.getByRole('tabpanel').locator('table').first()).toBeVisible();
  // The desktop app has dialogs.
  if (hostKind === 'browser') {
    const matrix = await printed(window, 'Export the confusion matrix');
    expect(matrix).toEqual(expect.arrayContaining(['True class', 'Predicted class', 'Sneaker', '100 %']));
    await window.getByRole('tab', { name: 'Layers', exact: true }).click();
    const heat = await printed(window, 'Export the heat map');
    expect(heat).toEqual(expect.arrayContaining(['conv1_1', 'Step', 'Gradient, norm, logarithmic']));
  }
  await window.getByRole('tab', { name: 'Worst mistakes' }).click();
  await expect(window.getByRole('tabpanel').locator('img').first()).toBeVisible();

  await window.getByRole('button', { name: 'Feature maps' }).click();
  await expect(window.locator('main canvas').first()).toBeVisible();
  await goTo(window, `/maps/${run}?layer=conv3_1`);
  await expect(window.locator('main')).toContainText('conv3_1');
  await window.getByRole('tab', { name: 'Filters' }).click();
  await expect(window.getByRole('tabpanel').locator('canvas').first()).toBeVisible();
});

test('two runs are compared, one is deleted and taken back', async ({ window }) => {
  const one = await startRun(window, { epochs: 1, seed: 1 });
  const other = await startRun(window, { epochs: 1, seed: 2 });
  await statusIs(window, 'finished');
  await goTo(window, `/compare/${one},${other}`);
  await expect(window.getByRole('heading', { name: 'Compare' })).toBeVisible();
  await expect(window.locator('main')).toContainText('training.seed');
  await expect(window.locator('main')).toContainText('±');
  await expect(window.locator('main canvas').first()).toBeVisible();

  await goTo(window, '/runs');
  const rows = window.locator('[id^="run-"]');
  await expect(rows).toHaveCount(2);
  await window
    .getByRole('checkbox', { name: /^Select 2/ })
    .first()
    .check();
  await window
    .getByRole('toolbar', { name: 'Selected runs' })
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(rows).toHaveCount(1);
  await window.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(2);
});

test('bad input is reported beside its field and starts nothing', async ({ window }) => {
  await goTo(window, '/new?what=run');
  const crop = window.getByLabel('Crop', { exact: true });
  await crop.fill('7');
  await expect(crop).toHaveAttribute('aria-invalid', 'true');
  await expect(window.getByRole('button', { name: /^Start/ })).toBeDisabled();
  await crop.fill('32');
  await expect(window.getByRole('button', { name: /^Start/ })).toBeEnabled();
  await window.getByLabel('Dataset', { exact: true }).fill('/nowhere/at-all');
  await expect(window.getByRole('button', { name: /^Start/ })).toBeDisabled();
});
