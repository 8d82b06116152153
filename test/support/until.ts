import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what comes of itself, in another process or in the window: the one place where a test sleeps. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}
