import { expect, it } from 'vitest';
import { unlessAborted, untilAborted } from '../../src-main/foundation/interruption.ts';

const never = new Promise<string>(() => undefined);

it('is reported of work that the signal ends, whatever that work still waits for', async () => {
  const stop = new AbortController();
  const ended = untilAborted(stop.signal, () => unlessAborted(never, stop.signal));
  stop.abort();
  expect(await ended).toBe('interrupted');
  expect(await untilAborted(stop.signal, () => unlessAborted(never, stop.signal))).toBe('interrupted');
});

it('gives what the work gives, and passes on its errors', async () => {
  const stop = new AbortController();
  const { signal } = stop;
  expect(await untilAborted(signal, () => unlessAborted(Promise.resolve('done'), signal))).toBe('done');
  const broken = () => Promise.reject(new Error('a defect'));
  await expect(untilAborted(signal, broken)).rejects.toThrow('a defect');
  stop.abort();
  await expect(untilAborted(signal, broken)).rejects.toThrow('a defect');
});
