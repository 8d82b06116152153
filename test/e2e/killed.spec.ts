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

  const rows = parse<Record<string, string>>(readFileSync(join(workbench.home, 'runs', run, 'metrics.csv')), {
    columns: true,
  });
  const steps = rows.filter(({ name }) => name === 'train/loss').map(({ step }) => Number(step));
  expect(steps).toEqual(Array.from({ length: 8 * 60 }, (_, index) => index + 1));
});
