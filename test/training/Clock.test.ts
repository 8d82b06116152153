import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Clock } from '../../src-main/training/Clock.ts';

let processorMs = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.spyOn(process, 'cpuUsage').mockImplementation(() => ({
    user: 700 * processorMs,
    system: 300 * processorMs,
  }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Time goes by, with so many cores busy in this process. */
function pass(milliseconds: number, cores: number): void {
  processorMs += cores * milliseconds;
  vi.advanceTimersByTime(milliseconds);
}

it('counts the cores that the process kept busy', () => {
  const clock = new Clock(0);
  pass(300, 1.5);
  expect(clock.takeRates({ waitedMs: 0 })['processor/cores']).toBeCloseTo(1.5);
  pass(300, 0);
  expect(clock.takeRates({ waitedMs: 0 })['processor/cores']).toBe(0);
});

it('gives images a second and the share of waiting since it was last asked', () => {
  const clock = new Clock(10);
  pass(100, 1);
  clock.trained(30);
  const rates = clock.takeRates({ waitedMs: 25 });
  expect(rates.imagesPerSecond).toBeCloseTo(300);
  expect(rates.waitingShare).toBeCloseTo(0.25);
  pass(200, 1);
  clock.trained(10);
  const later = clock.takeRates({ waitedMs: 65 });
  expect(later.imagesPerSecond).toBeCloseTo(50);
  expect(later.waitingShare).toBeCloseTo(0.2);
  expect(clock.seconds).toBeCloseTo(10.3);
});

it('does not count what came before the rates were started anew', () => {
  const clock = new Clock(0);
  pass(5000, 2);
  clock.trained(7);
  clock.restartRates({ waitedMs: 900 });
  pass(100, 1);
  clock.trained(1);
  expect(clock.takeRates({ waitedMs: 950 })).toMatchObject({ imagesPerSecond: 10, waitingShare: 0.5 });
});
