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
  // Less to draw.
  await window.setViewportSize({ width: 800, height: 500 });
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

/**
 * Goes to every view so many times, within the page: word of it to a test and back would take longer than the visit. It
 * leaves a view as soon as it is drawn, while that asks for what it shows; every fourth time, once it waits for nothing.
 */
async function visit(window: Page, times: number): Promise<void> {
  await window.evaluate(
    async ({ addresses, rounds }) => {
      const frame = () => new Promise(requestAnimationFrame);
      const isDrawn = () => document.querySelector('h1')?.checkVisibility() === true;
      const waits = () => document.querySelector('[role=status] .spinner') !== null;
      for (let round = 0; round < rounds; round++) {
        for (const address of addresses) {
          const arrived = new Promise((resolve) => {
            addEventListener('hashchange', resolve, { once: true });
          });
          location.hash = address;
          await arrived;
          do await frame();
          while (!isDrawn() || (round % 4 === 0 && waits()));
        }
      }
    },
    { addresses: views, rounds: times },
  );
}

async function shown(window: Page, view: string): Promise<void> {
  await goTo(window, view);
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
}

async function counted(window: Page): Promise<{ nodes: number; listeners: number }> {
  const session = await window.context().newCDPSession(window);
  await session.send('HeapProfiler.enable');
  await session.send('Performance.enable');
  for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const valueOf = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { nodes: valueOf('Nodes'), listeners: valueOf('JSEventListeners') };
}
