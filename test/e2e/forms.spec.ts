import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

test('a sweep says what it makes and costs, and is still there after a look elsewhere', async ({
  window,
}) => {
  await goTo(window, '/new?what=run');
  await window.getByRole('button', { name: 'Vary a setting' }).click();
  await window.getByLabel('Values of Learning rate').fill('0.001..0.1 in 3');
  await window.getByLabel('Seeds', { exact: true }).fill('1,2');
  await expect(window.getByRole('button', { name: 'Start 6 runs' })).toBeEnabled();
  await expect(window.getByRole('row', { name: /learningRate 0.01/ })).toBeVisible();
  await goTo(window, '/settings');
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await goTo(window, '/new');
  await expect(window.getByLabel('Values of Learning rate')).toHaveValue('0.001..0.1 in 3');
  await expect(window.getByRole('button', { name: 'Start 6 runs' })).toBeVisible();
});

test('what needs more memory than there is is started only by who says so', async ({ window }) => {
  await goTo(window, '/new?what=run&preset=none&set=network.config%3DE%0Atraining.batch%3D4096');
  await expect(window.getByText('It needs more memory than there is')).toBeVisible();
  const start = window.getByRole('button', { name: /^Start$/ });
  await expect(start).toBeDisabled();
  await window.getByLabel('Start it anyway').check();
  await expect(start).toBeEnabled();

  // The run of a sweep that does not fit, though the form by itself does.
  const large = encodeURIComponent('network.config=E\nnetwork.crop=224\nnetwork.width=1\ntraining.batch=8');
  await goTo(
    window,
    `/new?what=run&preset=none&set=${large}&sweep=${encodeURIComponent('training.batch=8,4096')}`,
  );
  await expect(window.getByRole('row', { name: /batch 4096/ })).toBeVisible();
  await expect(window.getByText('It needs more memory than there is')).toBeVisible();
  await expect(window.getByRole('button', { name: /^Start 2 runs$/ })).toBeDisabled();

  const settings = encodeURIComponent('training.batch=4096\ntraining.microBatch=4096');
  await goTo(window, `/new?what=study&preset=paper&dataset=fashion-mnist-small&settings=${settings}`);
  await expect(window.getByText('It needs more memory than there is')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Start study' })).toBeDisabled();
  await window.getByLabel('Start it anyway').check();
  await expect(window.getByRole('button', { name: 'Start study' })).toBeEnabled();
});

test('a study half set up is still there after a look elsewhere, in its link too; another address is another form', async ({
  window,
}) => {
  await goTo(window, '/new?what=study');
  await window.getByLabel('B', { exact: true }).uncheck();
  await window.getByLabel('Table 5').check();
  await window.getByRole('radio', { name: 'one net' }).click();
  await expect(window).toHaveURL(/nets=A%2CA-LRN%2CC%2CD%2CE&tables=3%2C4%2C5&atOnce=one/);
  await goTo(window, '/settings');
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await goTo(window, '/new?what=study');
  await expect(window.getByLabel('B', { exact: true })).not.toBeChecked();
  await expect(window.getByLabel('Table 5')).toBeChecked();
  await expect(window.getByRole('radio', { name: 'one net' })).toBeChecked();

  await goTo(window, '/new?what=study&preset=small&nets=A%2CB&seeds=1%2C2');
  await expect(window.getByLabel('C', { exact: true })).not.toBeChecked();
  await expect(window.getByLabel('Table 5')).not.toBeChecked();
  await expect(window.getByLabel('Seeds')).toHaveValue('1,2');
  await expect(window.getByRole('radio', { name: 'as many as fit' })).toBeChecked();
});
