import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseNullableJson } from './json.ts';
import { ownerSchema } from './records.ts';
import type { RunFolder } from './folder/RunFolder.ts';
import { isRecent, lastSign } from './folder/signOfLife.ts';
import type { Owner, Process, Run, RunStatus } from './records.ts';

/** A process of this machine. */
export function processOf(pid: number): Process {
  return { pid, started: startOf(pid) ?? null };
}

/** A process of this machine as the owner of a run. */
export function ownerOf(pid: number): Owner {
  return { ...processOf(pid), host: hostname() };
}

/** Whether it is this very process. */
export function isThisProcess(owner: Owner | null): boolean {
  const { pid, started, host } = ownerOf(process.pid);
  return owner?.pid === pid && owner.started === started && owner.host === host;
}

/** Whether the owner or its trainer is alive: a process on this machine, or a recent sign of life from another. */
export function ownerAlive(owner: Owner, heartbeatAt: string | null): boolean {
  if (owner.host !== hostname()) return heartbeatAt !== null && isRecent(Date.parse(heartbeatAt));
  return isAlive(owner) || (owner.trainer !== undefined && isAlive(owner.trainer));
}

/** Whether the process of this machine that led a training is gone. Its trainer may still be at work. */
export function isOrphaned(owner: Owner | null): owner is Owner {
  return owner !== null && owner.host === hostname() && !isAlive(owner);
}

/** Whether a run is trained, and nobody leads it. */
export function isOrphanAtWork({ status, owner }: Pick<Run, 'status' | 'owner'>): boolean {
  return status === 'running' && isOrphaned(owner);
}

/** Whether this very process of this machine still runs. */
export function isAlive({ pid, started: known }: Process): boolean {
  if (process.platform === 'linux') {
    const started = startOf(pid);
    return started !== undefined && (known === null || known === started);
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The owner in a row. @param what names it in the error: `run X` */
export function ownerIn(text: string | null, what: string): Owner | null {
  return parseNullableJson(ownerSchema, text, `owner of ${what}`);
}

/** The machine of the owner in a row; null if that is this one. @param what names it in the error: `run X` */
export function hostElsewhere(text: string | null, what: string): string | null {
  const host = ownerIn(text, what)?.host;
  return host === undefined || host === hostname() ? null : host;
}

/** The columns of a run or study with a status. If running, it belongs to the given process, or to this one. */
export function statusColumns(status: RunStatus, at: Date, owner?: Owner) {
  const now = at.toISOString();
  const runs = status === 'running';
  return {
    status,
    finishedAt: runs || status === 'queued' ? null : now,
    owner: runs ? JSON.stringify(owner ?? ownerOf(process.pid)) : null,
    heartbeatAt: runs ? now : null,
  };
}

/**
 * The current status of a run or study: if its process is gone, it was interrupted, whatever its row says.
 *
 * @param folder of a run: where another machine led it, its trainer there may go on by itself
 */
export function statusNow(
  row: { status: RunStatus; owner: string | null; heartbeat_at: string | null },
  what: string,
  folder?: RunFolder,
): RunStatus {
  if (row.status !== 'running') return row.status;
  const owner = ownerIn(row.owner, what);
  if (owner !== null && ownerAlive(owner, row.heartbeat_at)) return 'running';
  const isElsewhere = owner?.host !== hostname();
  return isElsewhere && folder && isRecent(lastSign(folder)) ? 'running' : 'interrupted';
}

let bootId: string | undefined;

/** On Linux, the boot and the tick at which a process started; undefined if it is gone, or dead and not yet reaped. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything; state is the third, start the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${bootId}:${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}
