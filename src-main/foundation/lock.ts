import { randomUUID } from 'node:crypto';
import { lstatSync, readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { WorkbenchError } from './errors.ts';
import { ensureFolder } from './files.ts';

const ownerSchema = z.object({ pid: z.int().positive(), host: z.string(), token: z.string() });

const heartbeatMs = 2_000;

export interface LockOptions {
  /** Called once, when the lock is another's. */
  onWait?: () => void;
  signal?: AbortSignal | undefined;
  /** How long the file may stay untouched before a holder on another machine, or one whose process number is in use again, counts as gone. */
  silenceMs?: number;
  /** How long to wait between two looks at the file. All wait alike, so that nobody who came later is always sooner. */
  lookMs?: number;
}

/**
 * Does some work while holding a lock file, so that only one of several processes does it and the others wait.
 *
 * A holder that was killed loses the lock: at once if its process can be seen to be gone, else when it has not touched
 * the file for a while, measured by the waiter's clock (clocks of different machines are never compared).
 *
 * @throws the signal's reason when it aborts while waiting; WorkbenchError `write-failed` where something else lies in the lock's place
 */
export async function withLock<Result>(
  path: string,
  work: () => Promise<Result>,
  options: LockOptions = {},
): Promise<Result> {
  ensureFolder(dirname(path));
  const owner = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  const isGone = watchHolder(path, options.silenceMs ?? 10_000);
  let waits = false;
  while (!take(path, owner)) {
    if (isGone()) continue;
    if (!waits) options.onWait?.();
    waits = true;
    const pause = sleep(options.lookMs ?? 50, undefined, {
      ...(options.signal && { signal: options.signal }),
    });
    await pause.catch((error: unknown) => {
      options.signal?.throwIfAborted();
      throw error;
    });
  }
  const heartbeat = setInterval(() => {
    if (read(path)?.content === owner) utimesSync(path, new Date(), new Date());
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (read(path)?.content === owner) unlinkSync(path);
  }
}

function take(path: string, owner: string): boolean {
  try {
    writeFileSync(path, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) throw notALock(path, error);
    return false;
  }
}

/** What no holder has made, none gives back: waiting for it would have no end. */
function notALock(path: string, cause: unknown): WorkbenchError {
  return new WorkbenchError(
    'write-failed',
    `${path} is no file, and a lock is kept there.`,
    'Move it away, then try again.',
    { kind: 'failure', cause },
  );
}

/** Each call checks the lock once; if its holder is gone, it removes the lock and returns true. */
function watchHolder(path: string, silenceMs: number): () => boolean {
  let seen = '';
  let since = performance.now();
  return () => {
    const lock = read(path);
    if (lock === undefined) return true;
    const sign = `${lock.touchedMs} ${lock.content}`;
    if (sign !== seen) {
      seen = sign;
      since = performance.now();
    }
    if (!isDead(lock.content) && performance.now() - since < silenceMs) return false;
    // Checked again just before: another waiter may have removed it and taken the lock meanwhile.
    if (read(path)?.content === lock.content) unlinkSync(path);
    return true;
  };
}

function read(path: string): { content: string; touchedMs: number } | undefined {
  try {
    return { content: readFileSync(path, 'utf8'), touchedMs: statSync(path).mtimeMs };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isDead(content: string): boolean {
  let owner;
  try {
    owner = ownerSchema.parse(JSON.parse(content));
  } catch {
    return false; // a holder killed between creating the file and writing it is noticed only by its silence
  }
  if (owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
