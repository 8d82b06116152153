import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cachedFor } from '../../src-main/foundation/cachedFor.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a value that takes long is made once for all that ask meanwhile, and ages from then on', async () => {
  const work = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  let made = 0;
  const slow = cachedFor(1000, () => work[made++]?.promise ?? Promise.reject(new Error('a third')));
  const first = slow();
  await vi.advanceTimersByTimeAsync(4000);
  const second = slow();
  work[0]?.resolve('one');
  await vi.advanceTimersByTimeAsync(500);
  expect([await first, await second, await slow()]).toEqual(['one', 'one', 'one']);
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
