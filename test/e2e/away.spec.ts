import type { Page } from '@playwright/test';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

const views = ['/new?what=run', '/new?what=study', '/tables', '/claims', '/networks', '/settings'];
const gone = 'The workbench cannot be reached';
const notHere = (window: Page) => window.getByText('Not here yet', { exact: true });

test.beforeEach(({ hostKind }) => {
  test.skip(hostKind !== 'browser', 'The desktop app ends with its workbench.');
});

/** Has the code of every view come, and nothing that the views ask for. */
async function openOnce(window: Page): Promise<void> {
  for (const view of views) {
    await goTo(window, view);
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await goTo(window, '/runs');
  await expect(window.getByRole('heading', { level: 1 })).toHaveText(/Runs/);
}

test('while the workbench is away nothing turns for ever, and all of it comes by itself afterwards', async ({
  workbench,
  window,
}) => {
  const complaints: string[] = [];
  window.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  await openOnce(window);
  await expect(window.getByRole('link', { name: 'Nothing is training' })).toBeVisible();
  await workbench.kill();
  const banner = window.getByText(gone);
  await expect(banner).toContainText(`npm start -- --browser --port ${new URL(window.url()).port} --home`);
  await expect(banner).toContainText('what you see is how things last stood');
  await expect(window.getByRole('link', { name: 'Not known now' })).toBeVisible();
  for (const view of views) {
    await goTo(window, view);
    await expect(notHere(window).first(), view).toBeVisible();
    await expect(window.locator('.spinner'), view).toHaveCount(0);
    await expect(window.getByRole('alert'), view).toHaveCount(0);
    await expect(banner, view).toContainText('what is not here yet then comes');
  }
  await workbench.start();
  await expect(banner).toBeHidden();
  await expect(window.getByText('Nothing was deleted.')).toBeVisible();
  for (const view of views) {
    await goTo(window, view);
    await expect(window.getByRole('heading', { level: 1 }), view).toBeVisible();
    await expect(notHere(window), view).toHaveCount(0);
  }
  // The browser itself tells of each attempt to connect.
  expect(complaints.filter((text) => !/WebSocket connection to|net::ERR_/.test(text))).toEqual([]);
});

test('a view whose code was not asked for before says calmly that it is not here, and comes by itself', async ({
  workbench,
  window,
}) => {
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await workbench.kill();
  await expect(window.getByText(gone)).toBeVisible();
  await goTo(window, '/networks');
  await expect(notHere(window).first()).toBeVisible();
  await expect(window.getByRole('alert')).toHaveCount(0);
  await workbench.start();
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Networks');
});
