import { isDeepStrictEqual } from 'node:util';
import { bytesOf } from '../foundation/files.ts';
import type { Run } from '../runs/records.ts';
import type { RunLog } from '../runs/RunLog.ts';
import type { NewStatus } from '../runs/RunStore.ts';
import type { NodeReport } from './events.ts';

/** Read and written together; other work runs in between. */
const atOnce = 50;

/** What was found of a run that was given to a cluster. */
export interface Found {
  run: string;
  report: NodeReport;
  /** Whether the scheduler says that the attempt without a last word no longer runs. */
  isLost: boolean;
  /** Whether the scheduler has a job for it that is still to start. */
  waits?: boolean;
}

/**
 * Brings the log up to what nodes have left of runs. It compares and never adds up, so that it does not matter how often it
 * is done, by how many processes, or what was missed in between.
 *
 * @throws WorkbenchError that of the first run that cannot be read, once all others are folded
 * @returns the runs of which not all was seen that their nodes say is there; until it is, they do not count as finished
 */
export async function fold(log: RunLog, found: readonly Found[]): Promise<ReadonlySet<string>> {
  const unseen = new Set<string>();
  const failures: unknown[] = [];
  const begun = found.filter(({ report }) => report.attempts > 0);
  for (let first = 0; first < begun.length; first += atOnce) {
    const some = begun.slice(first, first + atOnce);
    await foldSome(log, some, unseen).catch(async () => {
      // One whose files are damaged keeps no other from it.
      for (const one of some)
        await foldSome(log, [one], unseen).catch((error: unknown) => failures.push(error));
    });
  }
  if (failures.length > 0) throw failures[0];
  return unseen;
}

async function foldSome(log: RunLog, found: readonly Found[], unseen: Set<string>): Promise<void> {
  const ids = found.map(({ run }) => run);
  // Before they are read: what comes meanwhile is seen the next time.
  const bytes = new Map(ids.map((id) => [id, bytesOf(log.folder(id).metrics)]));
  await log.readMetrics(...ids);
  log.takeResults(...ids);
  const changed = new Map<string, Found>();
  for (const one of found) {
    const { run, report } = one;
    if (!isWhole(log, one, bytes.get(run) ?? 0)) unseen.add(run);
    if (!unseen.has(run) && statusAfter(log.runs.get(run), one) !== null) changed.set(run, one);
    else note(log, run, report);
  }
  await log.setStatuses([...changed.keys()], (run) => {
    const one = changed.get(run.id);
    return one ? statusAfter(run, one) : null;
  });
}

/** Whether all was seen that the node says is there. @param bytes of metrics that were there to be read */
function isWhole(log: RunLog, { run, report: { end } }: Found, bytes: number): boolean {
  return (
    end?.type !== 'finished' ||
    (bytes >= end.metricsBytes && log.evaluations.of(run).length >= end.evaluations)
  );
}

/** What is new of a run whose status stays. */
function note(log: RunLog, id: string, { dataset }: NodeReport): void {
  const run = log.runs.get(id);
  if (dataset !== null && !isDeepStrictEqual(dataset, run.dataset)) log.setDataset(id, dataset);
  if (run.status === 'running') log.runs.heartbeat(id);
}

/** How a run stands by what its node says; null if that is what the log says already. */
function statusAfter(
  { status, error, dataset: known, owner: leader }: Run,
  { report, isLost, waits = false }: Found,
): NewStatus | null {
  const { end, owner, dataset } = report;
  const started = dataset === null || isDeepStrictEqual(dataset, known) ? {} : { dataset };
  if (end?.type === 'finished') return status === 'finished' ? null : { status: 'finished', ...started };
  if (end?.type === 'failed') {
    const isKnown = status === 'failed' && error?.message === end.error.message;
    return isKnown ? null : { status: 'failed', error: end.error, ...started };
  }
  if (end === null && owner !== null && !isLost) {
    const isKnown = status === 'running' && isDeepStrictEqual(leader, owner);
    return isKnown ? null : { status: 'running', owner, ...started };
  }
  // One that counts as failed since it was lost again and again stays so.
  const isOut =
    status === 'running' ||
    (waits && status === 'interrupted') ||
    (end !== null && status !== 'interrupted' && status !== 'queued');
  if (!isOut) return null;
  const goesOn = waits || end?.type === 'source-unfinished' || (end?.type === 'interrupted' && end.again);
  return { status: goesOn ? 'queued' : 'interrupted', ...started };
}
