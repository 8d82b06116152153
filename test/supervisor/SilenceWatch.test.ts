import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SilenceWatch, type Responsiveness } from '../../src-main/supervisor/SilenceWatch.ts';

const limits = { tick: 1000, minSilence: 20_000, factor: 5, maxSilence: 100_000, grace: 0 };
const began = new Date('2026-01-01T00:00:00.000Z');

beforeEach(() => {
  vi.useFakeTimers({ now: began });
});

afterEach(() => {
  vi.useRealTimers();
});

function watched() {
  const changes: Responsiveness[] = [];
  const watch = new SilenceWatch(limits, (change) => changes.push(change));
  const silence = (seconds: number) => {
    vi.advanceTimersByTime(seconds * 1000);
  };
  return { watch, changes, silence };
}

const timeAfter = (seconds: number) => new Date(began.getTime() + seconds * 1000).toISOString();

it('says once that a trainer is silent for too long, and that it is heard again', () => {
  const { watch, changes, silence } = watched();
  silence(5);
  watch.heard();
  silence(24);
  expect(changes).toEqual([]);
  expect(watch.unresponsive).toBe(false);
  silence(30);
  expect(changes).toEqual([{ type: 'unresponsive', since: timeAfter(5) }]);
  expect(watch.unresponsive).toBe(true);
  watch.heard();
  expect(changes.slice(1)).toEqual([{ type: 'responsive', silentSeconds: 54 }]);
  expect(watch.unresponsive).toBe(false);
});

it('allows a multiple of the longest silence so far, up to a bound', () => {
  const { watch, changes, silence } = watched();
  silence(10);
  watch.heard();
  silence(49);
  expect(changes).toEqual([]);
  silence(1);
  expect(changes).toHaveLength(1);
  watch.heard();
  // Five times the fifty seconds would be more than the bound.
  silence(99);
  expect(changes).toHaveLength(2);
  silence(1);
  expect(changes).toHaveLength(3);
});

it('does not count the time in which nobody looked', () => {
  const { changes, silence } = watched();
  silence(10);
  // The machine sleeps: the clock goes on, timers do not.
  vi.setSystemTime(began.getTime() + 3_600_000);
  silence(9);
  expect(changes).toEqual([]);
});

it('says nothing more once it is closed', () => {
  const { watch, changes, silence } = watched();
  watch.close();
  silence(1000);
  expect(changes).toEqual([]);
});
