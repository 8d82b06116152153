import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { startRun, statusIs, goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

/** Trainers at work in a data folder, by what they have open: no other program writes there. */
function trainersOf(home: string): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  const pids = [...list.matchAll(/^\s*(\d+) .*trainer\/main\.[tj]s/gm)].map(([, pid]) => Number(pid));
  return pids.filter((pid) => {
    try {
      return execFileSync('ls', ['-l', `/proc/${pid}/fd`], { encoding: 'utf8' }).includes(home);
    } catch {
      return false;
    }
  });
}

test.skip(process.platform !== 'linux', 'What a process has open is read from /proc.');

test('a killed trainer and a killed program lose nothing that was logged', async ({
  workbench,
  window,
  hostKind,
}) => {
  const run = await startRun(window, { epochs: 8 });
  await expect(window.getByText(/^step [1-9]/)).toBeVisible();
  const [trainer] = trainersOf(workbench.home);
  expect(trainer).toBeDefined();
  process.kill(trainer ?? 0, 'SIGKILL');
  await statusIs(window, 'failed');
  await expect(window.getByRole('alert')).toContainText('Nothing logged is lost');
  await window.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await statusIs(window, 'running');
  await expect(window.getByText(/^step [1-9]/)).toBeVisible();

  await workbench.kill();
  if (hostKind === 'browser') await expect(window.getByText('The workbench cannot be reached')).toBeVisible();
  await workbench.start();
  const { page } = workbench;
  await expect(page.getByText('The workbench cannot be reached')).toBeHidden();
  await goTo(page, `/run/${run}`);
  await statusIs(page, 'interrupted');
  await goTo(page, '/runs?queue=open');
  await expect(page.getByText(/The program ended while/)).toBeVisible();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await goTo(page, `/run/${run}`);
  await statusIs(page, 'finished');

  expectSteps(workbench.home, run, 8 * 60);
});

test('a view that did not come is there once the workbench can be reached again', async ({
  workbench,
  window,
  hostKind,
}) => {
  test.skip(hostKind !== 'browser', 'The desktop app has its views in files.');
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await window.route('**/assets/NewView*', (route) => route.abort());
  await goTo(window, '/new?what=run');
  await expect(window.getByText('The workbench did not send this view.')).toBeVisible();
  await window.unroute('**/assets/NewView*');
  await workbench.kill();
  await workbench.start();
  await expect(window.getByLabel('Net', { exact: true })).toBeVisible();
});

test('a training goes on without its program, which takes it up again and trains the next', async ({
  workbench,
  window,
  hostKind,
}) => {
  test.skip(hostKind !== 'browser', 'The trainers of the desktop app end with it.');
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await workbench.kill();
  process.env.VGG_KEEP_TRAINING = 'yes';
  await expect(window.getByText('The workbench cannot be reached')).toBeVisible();
  await workbench.start();
  await expect(window.getByText('The workbench cannot be reached')).toBeHidden();
  const run = await startRun(window, { epochs: 6 });
  await expect(window.getByText(/^step [1-9]/)).toBeVisible();
  const next = await startRun(window, { epochs: 1, seed: 2 });
  const [trainer = 0] = trainersOf(workbench.home);
  try {
    process.kill(trainer, 'SIGSTOP');
    await workbench.kill();
    await expect(window.getByText('The workbench cannot be reached')).toBeVisible();
    await workbench.start();
    await expect(window.getByText('The workbench cannot be reached')).toBeHidden();
    await goTo(window, `/run/${run}`);
    await statusIs(window, 'running');
    await expect(window.locator('main').getByRole('button', { name: 'Pause' })).toBeVisible();
    expect(trainersOf(workbench.home)).toEqual([trainer]);
    process.kill(trainer, 'SIGCONT');
    await statusIs(window, 'finished');
    await goTo(window, `/run/${next}`);
    await statusIs(window, 'finished');
  } finally {
    process.env.VGG_KEEP_TRAINING = 'no';
    for (const pid of trainersOf(workbench.home)) process.kill(pid, 'SIGKILL');
  }
  expectSteps(workbench.home, run, 6 * 60);
});

/** Expects every step once, in order. */
function expectSteps(home: string, run: string, count: number): void {
  const rows = parse<Record<string, string>>(readFileSync(join(home, 'runs', run, 'metrics.csv')), {
    columns: true,
  });
  const steps = rows.filter(({ name }) => name === 'train/loss').map(({ step }) => Number(step));
  expect(steps).toEqual(Array.from({ length: count }, (_, index) => index + 1));
}
