import AxeBuilder from '@axe-core/playwright';
import { goTo, startRun, statusIs } from './steps.ts';
import { expect, test } from './workbench.ts';

test('axe finds nothing in any view, empty or filled, light or dark', async ({ window, hostKind }) => {
  test.skip(hostKind === 'electron', 'axe opens pages of its own, which the desktop app denies.');
  const check = async (addresses: readonly string[]) => {
    for (const theme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme: theme });
      for (const address of addresses) {
        await goTo(window, address);
        await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(window.locator('[role=status] .spinner')).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page: window }).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        expect(found, `${address} in ${theme}`).toEqual([]);
      }
    }
  };
  const views = [
    '/welcome',
    '/runs?queue=open',
    '/new',
    '/new?what=study',
    '/compare',
    '/maps',
    '/tables',
    '/networks',
    '/networks?left=plain-34&right=resnet-34',
    '/settings',
  ];
  await check(views);
  const one = await startRun(window, { epochs: 1, seed: 1 });
  const other = await startRun(window, { epochs: 1, seed: 2 });
  await statusIs(window, 'finished');
  await check([
    '/runs',
    ...['curves', 'layers', 'result', 'setup', 'log', 'checkpoints', 'confusion', 'mistakes'].map(
      (tab) => `/run/${one}?tab=${tab}`,
    ),
    `/compare/${one},${other}`,
    `/maps/${one}?layer=conv2_1`,
    ...['grad-cam', 'occlusion', 'filters', 'field'].map((tab) => `/maps/${one}?layer=conv2_1&tab=${tab}`),
  ]);
});
