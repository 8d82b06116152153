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
});
