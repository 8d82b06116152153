import { expect, it } from 'vitest';
import { Clock } from '../../src-main/training/Clock.ts';

/** Keeps one core busy. */
function compute(milliseconds: number): void {
  for (const began = performance.now(); performance.now() - began < milliseconds;) Math.sqrt(began);
}

it('counts the cores that the process kept busy', async () => {
  const clock = new Clock(0);
  compute(300);
  // On a machine that others use too it gets less than the one it asks for.
  const busy = clock.takeRates({ waitedMs: 0 })['processor/cores'];
  expect(busy).toBeGreaterThan(0.2);
  expect(busy).toBeLessThan(1.5);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(clock.takeRates({ waitedMs: 0 })['processor/cores']).toBeLessThan(busy / 2);
});

it('gives images a second and the share of waiting since it was last asked', () => {
  const clock = new Clock(10);
  compute(100);
  clock.trained(30);
  const rates = clock.takeRates({ waitedMs: 25 });
  expect(rates.imagesPerSecond).toBeGreaterThan(10);
  expect(rates.imagesPerSecond).toBeLessThanOrEqual(300);
  expect(rates.waitingShare).toBeGreaterThan(0);
  expect(rates.waitingShare).toBeLessThanOrEqual(0.25);
  expect(clock.seconds).toBeGreaterThan(10);
});
