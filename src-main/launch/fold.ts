import { isDeepStrictEqual } from 'node:util';
import { bytesOf } from '../foundation/files.ts';
import type { Run } from '../runs/records.ts';
import type { RunLog } from '../runs/RunLog.ts';
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
  const { dataset } = log.runs.get(id);
  if (report.dataset !== null && !isDeepStrictEqual(report.dataset, dataset))
    log.setDataset(id, report.dataset);
  const bytes = bytesOf(log.folder(id).metrics);
  await log.reconcile(id);
  const { end } = report;
  if (end?.type === 'finished') {
    const { length } = log.evaluations.of(id);
    if (bytes < end.metricsBytes || length < end.evaluations) return false;
  }
  foldStatus(log, log.runs.get(id), report, isLost);
  return true;
}

function foldStatus(log: RunLog, run: Run, { end, owner }: NodeReport, isLost: boolean): void {
  const { id, status, error } = run;
  if (end?.type === 'finished') {
    if (status !== 'finished') log.setStatus(id, 'finished');
  } else if (end?.type === 'failed') {
    if (status !== 'failed' || error?.message !== end.error.message) log.setFailed(id, end.error);
  } else if (end === null && owner !== null && !isLost) {
    if (status !== 'running' || !isDeepStrictEqual(run.owner, owner)) log.setStatus(id, 'running', { owner });
    else log.runs.heartbeat(id);
  } else if (status === 'running' || (end !== null && status !== 'interrupted' && status !== 'queued')) {
    // One that counts as failed since it was lost again and again stays so.
    log.setStatus(id, 'interrupted');
  }
}
