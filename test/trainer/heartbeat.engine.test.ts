import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startHeartbeat } from '../../src-main/trainer/heartbeat.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('the heartbeat', () => {
  it('beats at most once a second, by its timer and by who calls it', () => {
    vi.useFakeTimers();
    const beat = vi.fn();
    const beatWhenDue = startHeartbeat(beat);
    for (let call = 0; call < 5; call++) beatWhenDue();
    expect(beat).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(3000);
    expect(beat).toHaveBeenCalledTimes(4);
    beatWhenDue();
    expect(beat).toHaveBeenCalledTimes(4);
  });

  it('is heard from a process whose event loop does not turn', async () => {
    const child = fork(join(import.meta.dirname, 'hangingTrainer.ts'), { serialization: 'advanced' });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const heard = once(child, 'message');
    child.send('start');
    expect(await heard).toEqual([{ type: 'alive' }, undefined]);
  });
});
