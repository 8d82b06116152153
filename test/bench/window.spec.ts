import { cpus } from 'node:os';
import { generateLog } from '../support/generatedLog.ts';
import { framesPerSecond, inputDelays, medianOf } from './frames.ts';
import { goTo, startRun, statusIs } from '../e2e/steps.ts';
import { expect, test } from '../e2e/workbench.ts';

/*
 * Bounds a loaded machine without a graphics card still keeps; what was measured on an idle one stands in docs/speed.md.
 */

test('eight runs of 100,000 points are panned and zoomed without a jerk', async ({ workbench, window }) => {
  const ids = generateLog(workbench.home, { runs: 8, points: 100_000 });
  await goTo(window, `/compare/${ids.join(',')}`);
  const chart = window.locator('main canvas').first();
  await expect(chart).toBeVisible();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (!box) throw new Error('The chart has no place.');
  await window.waitForTimeout(2000);
  // The wheel alone scrolls the page.
  await window.keyboard.down('Control');
  let turn = 0;
  const rate = await framesPerSecond(window, 3, async () => {
    turn++;
    await window.mouse.move(
      box.x + box.width * (0.3 + 0.4 * Math.abs(Math.sin(turn / 9))),
      box.y + box.height / 2,
    );
    await window.mouse.wheel(0, turn % 8 < 4 ? -60 : 60);
  });
  await window.keyboard.up('Control');
  test.info().annotations.push({ type: 'frames a second', description: rate.toFixed(1) });
  expect(rate).toBeGreaterThan(25);
});

test('while a run trains, a key is answered at once', async ({ window }) => {
  test.skip(cpus().length < 2, 'The trainer alone fills one core.');
  await startRun(window, { epochs: 40 });
  await statusIs(window, 'running');
  await goTo(window, '/runs');
  await window.getByPlaceholder(/Search/).focus();
  const delays = await inputDelays(window, () => window.keyboard.press('a'), 40);
  const median = medianOf(delays);
  test
    .info()
    .annotations.push({ type: 'milliseconds from key to frame, median', description: String(median) });
  expect(median).toBeLessThanOrEqual(50);
});
