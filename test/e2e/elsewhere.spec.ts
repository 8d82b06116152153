import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

const program = join(import.meta.dirname, '..', '..', 'src-main', 'hosts', 'cli', 'main.ts');
const settings = [
  ...['network.config=A', 'network.crop=32', 'network.width=0.0625', 'data.dataset=fashion-mnist-small'],
  ...['data.trainScale=32', 'evaluation.testScales=32', 'training.batch=50', 'training.epochs=50'],
];

test('the window says that another program trains, and leads to what it trains', async ({
  workbench,
  window,
}) => {
  await expect(window.getByRole('link', { name: 'Nothing is training' })).toBeVisible();
  const other = spawn(process.execPath, [program, 'train', ...settings], {
    env: { ...process.env, VGG_HOME: workbench.home },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(other, 'exit');
  try {
    const link = window.getByRole('link', { name: 'Another program trains 1 net' });
    await expect(link).toBeVisible();
    await goTo(window, '/new?what=run');
    await expect(window.getByText(/Training begins at once, beside 1 net/)).toBeVisible();
    await link.click();
    await expect(window).toHaveURL(/#\/runs\?status=running/);
    await expect(window.getByRole('grid', { name: 'Runs' }).getByText('running')).toBeVisible();
  } finally {
    other.kill('SIGINT');
    await ended;
  }
  await expect(window.getByRole('link', { name: 'Nothing is training' })).toBeVisible();
});
