import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { goTo, startRun, statusIs } from './steps.ts';
import { expect, test } from './workbench.ts';

test.beforeEach(({ hostKind }) => {
  test.skip(hostKind === 'electron', 'axe opens pages of its own, which the desktop app denies.');
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
  // A colour on its way to another is no contrast to judge.
  await window.emulateMedia({ reducedMotion: 'reduce' });
  for (const address of addresses) {
    await window.emulateMedia({ colorScheme: 'light' });
    await goTo(window, address);
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(window.locator('[role=status] .spinner')).toHaveCount(0);
    expect(await found(axeOf(window)), `${address} in light`).toEqual([]);
    await window.emulateMedia({ colorScheme: 'dark' });
    const contrast = axeOf(window).withRules(['color-contrast', 'link-in-text-block']);
    expect(await found(contrast), `${address} in dark`).toEqual([]);
  }
}

/** Describing what is as it should be takes as long as finding what is not. */
function axeOf(window: Page): AxeBuilder {
  return new AxeBuilder({ page: window }).options({ resultTypes: ['violations'] });
}

async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
