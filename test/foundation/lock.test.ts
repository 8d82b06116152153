import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { withLock } from '../../src-main/foundation/lock.ts';
import { refusal } from '../engine/provision/support.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

test('the work of many is done one at a time', async () => {
  const path = join(temporaryFolder(), 'deep', 'lock');
  let atWork = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++atWork);
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    atWork--;
  };
  await Promise.all(Array.from({ length: 4 }, () => withLock(path, work, { lookMs: 1 })));
  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});

test('the lock is given back when the work fails', async () => {
  const path = join(temporaryFolder(), 'lock');
  await expect(withLock(path, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(existsSync(path)).toBe(false);
});

test('a holder whose process is gone is not waited for', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'lock');
  // The largest process number Linux allows is 2²²: this one cannot be in use.
  writeFileSync(path, JSON.stringify({ pid: 2 ** 30, host: hostname(), token: 'a' }));
  const onWait = vi.fn();
  expect(await withLock(path, () => Promise.resolve('done'), { onWait })).toBe('done');
  expect(onWait).not.toHaveBeenCalled();
  expect(readdirSync(folder)).toEqual([]);
});

test('a holder on another machine is waited for, once announced, until the signal', async () => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, JSON.stringify({ pid: 2 ** 30, host: `not-${hostname()}`, token: 'a' }));
  const onWait = vi.fn();
  const signal = AbortSignal.timeout(50);
  const waiting = withLock(path, () => Promise.resolve(), { onWait, signal, lookMs: 1 });
  await expect(waiting).rejects.toHaveProperty('name', 'TimeoutError');
  expect(onWait).toHaveBeenCalledTimes(1);
  expect(existsSync(path)).toBe(true);
});

test('a holder that stays silent loses the lock', async () => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, ''); // killed between creating the file and writing into it
  const onWait = vi.fn();
  expect(await withLock(path, () => Promise.resolve('done'), { onWait, silenceMs: 1, lookMs: 2 })).toBe(
    'done',
  );
  expect(onWait).toHaveBeenCalledTimes(1);
});

test.each(['a folder', 'a link to nothing'])('%s in its place is not waited for', async (what) => {
  const path = join(temporaryFolder(), 'lock');
  if (what === 'a folder') mkdirSync(path);
  else symlinkSync(`${path}-gone`, path);
  const error = await refusal(withLock(path, () => Promise.resolve()));
  expect(error.code).toBe('write-failed');
  expect(error.message).toContain(path);
});

test.runIf(process.platform === 'linux')(
  'a place where no folder can be made is refused at once',
  async () => {
    expect((await refusal(withLock('/proc/x/lock', () => Promise.resolve()))).code).toBe('write-failed');
  },
);
