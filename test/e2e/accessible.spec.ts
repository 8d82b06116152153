import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { goTo, startRun, statusIs } from './steps.ts';
import { expect, test } from './workbench.ts';

test.beforeEach(({ hostKind }) => {
  test.skip(hostKind === 'electron', 'The same pages, drawn by the same engine.');
});

test('axe finds nothing in any empty view, light or dark', async ({ window }) => {
  await check(window, [
    '/welcome',
    '/runs?queue=open',
    '/new',
    '/new?what=study',
    '/compare',
    '/maps',
    '/tables',
    '/claims',
    '/claims?claim=deeper-is-better',
    '/networks',
    '/networks?left=plain-34&right=resnet-34',
    '/settings',
  ]);
});

test('axe finds nothing in any view of runs, light or dark', async ({ window }) => {
  const one = await startRun(window, { epochs: 1, seed: 1 });
  const other = await startRun(window, { epochs: 1, seed: 2 });
  await statusIs(window, 'finished');
  await check(window, [
    '/runs',
    ...['curves', 'layers', 'result', 'setup', 'log', 'checkpoints', 'confusion', 'mistakes'].map(
      (tab) => `/run/${one}?tab=${tab}`,
    ),
    `/compare/${one},${other}`,
    `/maps/${one}?layer=conv2_1`,
    ...['grad-cam', 'occlusion', 'protocols', 'filters', 'field'].map(
      (tab) => `/maps/${one}?layer=conv2_1&tab=${tab}`,
    ),
  ]);
});

/** In the dark only what colours can break is looked at again. */
async function check(window: Page, addresses: readonly string[]): Promise<void> {
  // Once: a page of the window is never loaded anew.
  await window.evaluate(axe.source);
  for (const address of addresses) {
    await window.emulateMedia({ colorScheme: 'light' });
    await goTo(window, address);
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(window.locator('[role=status] .spinner')).toHaveCount(0);
    expect(await found(window), `${address} in light`).toEqual([]);
    await window.emulateMedia({ colorScheme: 'dark' });
    const contrast = { runOnly: ['color-contrast', 'link-in-text-block'] };
    expect(await found(window, contrast), `${address} in dark`).toEqual([]);
  }
}

/** What axe finds in the page as it is. Describing what is as it should be takes as long as finding what is not. */
function found(window: Page, options: RunOptions = {}): Promise<string[]> {
  return window.evaluate(async (chosen) => {
    const page = globalThis as unknown as { axe: typeof axe };
    const { violations } = await page.axe.run(document, { ...chosen, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, options);
}
