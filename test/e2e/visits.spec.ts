import type { Page } from '@playwright/test';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

const views = [
  '/runs',
  '/new',
  '/new?what=study',
  '/compare',
  '/maps',
  '/tables',
  '/claims',
  '/networks',
  '/settings',
  '/welcome',
];
const visits = 100;

test.beforeEach(({ hostKind }) => {
  test.skip(hostKind === 'electron', 'The same pages; what is counted is asked of a browser.');
});

test('a hundred visits of every view leave no nodes and no listeners behind', async ({ window }) => {
  test.setTimeout(600_000);
  await visit(window, 5);
  const before = await counted(window);
  await visit(window, visits);
  const after = await counted(window);
  // A view that is kept leaves hundreds of nodes at each visit. A few hundred in all are what is left of pages that were
  // still asking for something.
  expect(after.nodes - before.nodes).toBeLessThan(visits * views.length);
  expect(after.listeners - before.listeners).toBeLessThan(visits);
});

test('at 720 pixels across, as at 200 %, no view scrolls sideways', async ({ window }) => {
  await window.setViewportSize({ width: 720, height: 700 });
  for (const view of views) {
    await shown(window, view);
    const beyond = await window.evaluate(() => {
      const page = document.scrollingElement;
      const main = document.querySelector('main');
      return Math.max(
        (page?.scrollWidth ?? 0) - (page?.clientWidth ?? 0),
        (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0),
      );
    });
    expect(beyond, view).toBe(0);
  }
});

test('at 720 pixels across every field of a form is wide enough to read, and no text prints over another', async ({
  window,
}) => {
  await window.setViewportSize({ width: 720, height: 700 });
  for (const [view, field] of [
    ['/new?what=run', 'Width'],
    ['/new?what=study', 'Seeds'],
  ] as const) {
    await goTo(window, view);
    await expect(window.getByLabel(field, { exact: true })).toBeVisible();
    const narrow = await window.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'main :is(select, input:not([type=checkbox], [type=radio]))',
        ),
      ]
        .filter((one) => one.checkVisibility() && one.offsetWidth < 60)
        .map((one) => `${one.id}: ${one.offsetWidth}`),
    );
    expect(narrow, view).toEqual([]);
  }
  for (const view of ['/new?what=run', '/new?what=study', '/settings', '/welcome']) {
    await shown(window, view);
    const beyond = await window.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main :is(label, p, h2, button, td)')]
        .filter(
          (one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0,
        )
        .filter(
          (one) =>
            getComputedStyle(one).overflowX === 'visible' && getComputedStyle(one).display !== 'inline',
        )
        .map((one) => one.textContent.trim().slice(0, 60)),
    );
    expect(beyond, view).toEqual([]);
  }
});

async function visit(window: Page, times: number): Promise<void> {
  for (let time = 0; time < times; time++) for (const view of views) await shown(window, view);
}

async function shown(window: Page, view: string): Promise<void> {
  await goTo(window, view);
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
}

async function counted(window: Page): Promise<{ nodes: number; listeners: number }> {
  await shown(window, '/runs');
  const session = await window.context().newCDPSession(window);
  await session.send('HeapProfiler.enable');
  await session.send('Performance.enable');
  for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const valueOf = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { nodes: valueOf('Nodes'), listeners: valueOf('JSEventListeners') };
}
