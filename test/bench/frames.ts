import type { Page } from '@playwright/test';

/** Frames a second while `act` goes on for so long, as the page itself counts them. */
export async function framesPerSecond(
  page: Page,
  seconds: number,
  act: () => Promise<unknown>,
): Promise<number> {
  const counting = page.evaluate(
    (milliseconds) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        let frames = 0;
        const count = () => {
          frames++;
          const passed = performance.now() - began;
          if (passed < milliseconds) requestAnimationFrame(count);
          else resolve((1000 * frames) / passed);
        };
        requestAnimationFrame(count);
      }),
    seconds * 1000,
  );
  for (let done = false; !done;) {
    await act();
    done = await Promise.race([counting.then(() => true), page.evaluate(() => false)]);
  }
  return await counting;
}

/**
 * Milliseconds from a key's press to the frame that shows what it changed, for each press: the Event Timing interface,
 * which rounds to 8 ms.
 */
export async function inputDelays(
  page: Page,
  press: () => Promise<unknown>,
  times: number,
): Promise<number[]> {
  await page.evaluate(() => {
    const seen: number[] = [];
    (window as unknown as { delays: number[] }).delays = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') seen.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  });
  for (let time = 0; time < times; time++) {
    await press();
    await page.waitForTimeout(60);
  }
  const slow = await page.evaluate(() => (window as unknown as { delays: number[] }).delays);
  // Those under 16 ms are not reported.
  return [...slow, ...Array.from({ length: Math.max(0, times - slow.length) }, () => 16)].sort(
    (one, other) => one - other,
  );
}

/** Goes to a view as a link does. @returns milliseconds until the frame after its heading is there */
export function switchTo(page: Page, address: string): Promise<number> {
  return page.evaluate(
    (hash) =>
      new Promise<number>((resolve) => {
        const before = document.querySelector('main h1');
        const began = performance.now();
        location.hash = hash;
        const look = () => {
          const heading = document.querySelector('main h1');
          if (heading === null || heading === before) requestAnimationFrame(look);
          else
            requestAnimationFrame(() => {
              resolve(performance.now() - began);
            });
        };
        requestAnimationFrame(look);
      }),
    address,
  );
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
