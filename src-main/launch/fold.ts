import { isDeepStrictEqual } from 'node:util';
import { bytesOf } from '../foundation/files.ts';
import type { Run, RunStatus } from '../runs/records.ts';
import type { RunLog } from '../runs/RunLog.ts';
import type { StatusChange } from '../runs/RunStore.ts';
import type { NodeReport } from './events.ts';

/**
 * Brings the log up to what a node has left of a run. It compares and never adds up, so that it does not matter how often
 * it is done, by how many processes, or what was missed in between.
 *
 * @param isLost whether the scheduler says that the attempt without a last word no longer runs
 * @returns whether all was seen that the node says is there; until it is, a run does not count as finished
 */
export async function fold(log: RunLog, id: string, report: NodeReport, isLost: boolean): Promise<boolean> {
  if (report.attempts === 0) return true;
  const bytes = bytesOf(log.folder(id).metrics);
  await log.readMetrics(id);
  return log.transaction(() => {
    log.takeLeft(id);
    const { end } = report;
    const isUnseen =
      end?.type === 'finished' &&
      (bytes < end.metricsBytes || log.evaluations.of(id).length < end.evaluations);
    const run = log.runs.get(id);
    change(log, run, report, isUnseen ? null : statusAfter(run, report, isLost));
    return !isUnseen;
  });
}

type Change = { status: RunStatus } & StatusChange;

/** Writes what is new in one change where that can be, since each is a file that must be on the disk. */
function change(log: RunLog, { id, ...run }: Run, { dataset }: NodeReport, status: Change | null): void {
  const isNew = dataset !== null && !isDeepStrictEqual(dataset, run.dataset);
  if (isNew && (status === null || status.error)) log.setDataset(id, dataset);
  if (status?.error) log.setFailed(id, status.error);
  else if (status) log.setStatus(id, status.status, { ...status, ...(isNew && { dataset }) });
  else if (run.status === 'running') log.runs.heartbeat(id);
}

/** How the run stands by what its node says; null if that is what the log says already. */
function statusAfter(
  { status, error, owner: known }: Run,
  { end, owner }: NodeReport,
  isLost: boolean,
): Change | null {
  if (end?.type === 'finished') return status === 'finished' ? null : { status: 'finished' };
  if (end?.type === 'failed') {
    const isKnown = status === 'failed' && error?.message === end.error.message;
    return isKnown ? null : { status: 'failed', error: end.error };
  }
  if (end === null && owner !== null && !isLost)
    return status === 'running' && isDeepStrictEqual(known, owner) ? null : { status: 'running', owner };
  // One that counts as failed since it was lost again and again stays so.
  const isOut = status === 'running' || (end !== null && status !== 'interrupted' && status !== 'queued');
  if (!isOut) return null;
  const goesOn = end?.type === 'source-unfinished' || (end?.type === 'interrupted' && end.again);
  return { status: goesOn ? 'queued' : 'interrupted' };
}
