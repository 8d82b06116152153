import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src-main/data/inParallel.ts';
import { prefetch } from '../../src-main/data/prefetch.ts';

/** In a later turn. */
const soon = <Value>(value: Value) => setImmediate(value);

describe('prefetch', () => {
  it('keeps the order, and so many tasks ahead of the one handed out', async () => {
    let started = 0;
    const tasks = Array.from({ length: 6 }, (_, index) => () => (started++, soon(index)));
    const seen: [number, number][] = [];
    for await (const result of prefetch(tasks, 2)) seen.push([result, started]);
    expect(seen).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
      [3, 6],
      [4, 6],
      [5, 6],
    ]);
  });

  it('fails at the turn of the task that failed', async () => {
    const failing = () => Promise.reject(new Error('broken'));
    const results: number[] = [];
    await expect(
      (async () => {
        for await (const result of prefetch([() => soon(1), failing, failing], 3)) results.push(result);
      })(),
    ).rejects.toThrow('broken');
    expect(results).toEqual([1]);
  });
});

describe('inParallel', () => {
  it('keeps the order, and no more under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const doubled = await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (value) => {
      most = Math.max(most, ++underWay);
      await soon(value);
      underWay--;
      return 2 * value;
    });
    expect(doubled).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(most).toBe(3);
  });
});
