import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { generateLog } from '../support/generatedLog.ts';
import { BrowserWorkbench } from '../e2e/BrowserWorkbench.ts';
import { expect, test } from '../e2e/workbench.ts';
import { medianOf, switchTo } from './frames.ts';

/*
 * How long views, the first paint and the first load take with 250 runs, and what memory the server has after a thousand
 * views. The bounds are those of a machine that others use too; docs/speed.md says what was measured on an idle one.
 */

const runs = 250;
const rounds = 100;

test.beforeEach(({ hostKind }) => {
  test.skip(
    hostKind === 'electron',
    'The same pages; what is measured is asked of a browser and its server.',
  );
});

test('a view is there at once, and a thousand of them leave the server small', async ({
  workbench,
  window,
}) => {
  test.setTimeout(900_000);
  const ids = generateLog(workbench.home, { runs, points: 1000 });
  const [first = '', second = ''] = ids;
  const views = [
    '/runs',
    `/run/${first}`,
    '/new',
    `/compare/${first},${second}`,
    '/tables',
    '/claims',
    '/networks',
    '/maps',
    '/settings',
    '/welcome',
  ];
  // What each of them needs is loaded with the first visit.
  for (const view of views) await switchTo(window, view);
  const times = new Map<string, number[]>(views.map((view) => [view, []]));
  for (let round = 0; round < rounds; round++)
    for (const view of views) times.get(view)?.push(await switchTo(window, view));
  for (const [view, measured] of times)
    annotate(`milliseconds to ${view.replace(/\/2.*/, '/…')}, median`, medianOf(measured).toFixed(0));
  const all = [...times.values()].flat();
  annotate('milliseconds to a view, median of all', medianOf(all).toFixed(0));
  if (!(workbench instanceof BrowserWorkbench)) throw new Error('The browser host serves the window.');
  const megabytes = residentMegabytes(workbench.serverPid);
  annotate(`MB of the server after ${all.length} views`, megabytes.toFixed(0));
  expect(medianOf(all)).toBeLessThan(200);
  expect(megabytes).toBeLessThan(300);
});

test('the first paint is soon, and little is loaded for it', async ({ workbench, window }) => {
  generateLog(workbench.home, { runs, points: 0 });
  const session = await window.context().newCDPSession(window);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const paints: number[] = [];
  for (let time = 0; time < 5; time++) {
    bytes = 0;
    await window.reload({ waitUntil: 'networkidle' });
    paints.push(await firstPaint(window));
  }
  annotate('milliseconds to the first paint, median', medianOf(paints).toFixed(0));
  annotate('kB of the first load', (bytes / 1000).toFixed(0));
  expect(medianOf(paints)).toBeLessThan(1000);
  expect(bytes).toBeLessThan(300_000);
});

function annotate(type: string, description: string): void {
  test.info().annotations.push({ type, description });
  console.log(`${type}: ${description}`);
}

function residentMegabytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1000;
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
  );
}
