import { Worker } from 'node:worker_threads';

/** As long as a checkpoint of the largest net takes on a slow disk. */
const millisecondsToEnd = 120_000;

/**
 * Ends this process some time after the one that started it is gone. The channel tells the same, but to the main thread,
 * and what that waits for may never come, such as a file that is a pipe nobody writes to. So a thread of its own looks.
 *
 * @param grace milliseconds in which the process may end by itself, with a checkpoint
 */
export function endAfterParent(grace = millisecondsToEnd): void {
  const parent = process.ppid;
  // Where a parent is gone, Linux and macOS give the process another; Windows does not, but then it cannot be signalled.
  const look = `
    const { parent, grace } = require('node:worker_threads').workerData;
    const isGone = () => {
      try { process.kill(parent, 0); } catch (error) { return error.code === 'ESRCH'; }
      return process.ppid !== parent;
    };
    const looking = setInterval(() => {
      if (!isGone()) return;
      clearInterval(looking);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), grace);
    }, 1000);`;
  new Worker(look, { eval: true, workerData: { parent, grace }, execArgv: [] }).unref();
}
