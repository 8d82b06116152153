import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cachedFor } from '../../src-main/foundation/cachedFor.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a value that takes long is made once for all that ask meanwhile, and ages from then on', async () => {
  let made = 0;
  const slow = cachedFor(1000, async () => {
    made++;
    await new Promise((resolve) => setTimeout(resolve, 5000));
    return made;
  });
  const first = slow();
  await vi.advanceTimersByTimeAsync(4000);
  const second = slow();
  await vi.advanceTimersByTimeAsync(1500);
  expect([await first, await second, await slow()]).toEqual([1, 1, 1]);
  await vi.advanceTimersByTimeAsync(600);
  void slow();
  expect(made).toBe(2);
});

test('a failure is not kept', async () => {
  let made = 0;
  const failing = cachedFor(1000, () => Promise.reject(new Error(`failure ${++made}`)));
  await expect(failing()).rejects.toThrow('failure 1');
  await expect(failing()).rejects.toThrow('failure 2');
});
