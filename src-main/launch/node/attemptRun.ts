import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { WorkbenchError, reportError } from '../../foundation/errors.ts';
import { bytesOf } from '../../foundation/files.ts';
import { hashOfFile } from '../../foundation/hashOfFile.ts';
import { readEvaluations } from '../../runs/folder/evaluationsFile.ts';
import { RunFolder } from '../../runs/folder/RunFolder.ts';
import { waitForFolder } from '../../runs/folder/RunLock.ts';
import { ownerOf } from '../../runs/owner.ts';
import { takeFence } from '../../trainer/fence.ts';
import { noProgress } from '../errors.ts';
import { readReport, type NodeNews } from '../events.ts';
import { nodeJobSchema } from '../job.ts';
import type { JobFolder } from '../places.ts';
import type { JobFacts } from './JobFacts.ts';
import { NodeEvents } from './NodeEvents.ts';
import type { Attempt } from './Attempt.ts';
import { isSourceReady } from './isSourceReady.ts';
import { trainOnNode } from './trainOnNode.ts';
import { Warnings } from './Warnings.ts';

/** Exit codes of a job. The scheduler starts what waits for it only after 0: only a finished run may end so. */
export const nodeExit = { finished: 0, failed: 1, unfinished: 75, sourceUnfinished: 76 } as const;

const mostFruitless = 3;

/**
 * Trains a run as one attempt of a job: all that runs of the workbench on a node. It opens no database, and writes only the
 * run's folder and the files of its job.
 *
 * @returns the exit code
 */
export async function attemptRun(
  files: JobFolder,
  facts: JobFacts,
  { startTrainer, program }: Pick<Attempt, 'startTrainer' | 'program'>,
): Promise<number> {
  const job = nodeJobSchema.parse(JSON.parse(readFileSync(files.job, 'utf8')));
  const warnings = new Warnings(files.stop);
  const before = readReport(files.events);
  if (before.end?.type === 'finished') return nodeExit.finished;
  const fence = { path: files.fence, token: randomUUID() };
  const events = new NodeEvents(files.events, fence.token);
  events.write({ type: 'attempt', job: facts.job, node: facts.node, owner: ownerOf(process.pid) });
  try {
    takeFence(fence);
    const end = await perform({ job, files, facts, before, warnings, fence, events, startTrainer, program });
    if (end === 'finished') {
      events.write(await finished(new RunFolder(job.train.runFolder)));
      return nodeExit.finished;
    }
    if (end === 'source-unfinished') return nodeExit.sourceUnfinished;
    await interrupted(events, warnings, facts);
    return nodeExit.unfinished;
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'attempt-superseded') return nodeExit.unfinished;
    new RunFolder(job.train.runFolder).log(
      `failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    // As when a process that trains in step with others is lost: it goes on from the last checkpoint.
    if (error instanceof WorkbenchError && error.kind === 'interrupted') {
      warnings.breakOff(error.message);
      await interrupted(events, warnings, facts);
      return nodeExit.unfinished;
    }
    events.write({ type: 'failed', error: reportError(error) });
    return nodeExit.failed;
  }
}

async function finished(folder: RunFolder): Promise<NodeNews> {
  const weights = folder.checkpoint('best');
  return {
    type: 'finished',
    sha256: existsSync(weights) ? await hashOfFile(weights) : null,
    metricsBytes: bytesOf(folder.metrics),
    evaluations: readEvaluations(folder.evaluations).length,
  };
}

async function perform(one: Attempt): Promise<'finished' | 'interrupted' | 'source-unfinished'> {
  const { job, before, warnings, events } = one;
  const folder = new RunFolder(job.train.runFolder);
  if (before.fruitless >= mostFruitless) throw noProgress(before.fruitless);
  const isBegun = existsSync(folder.checkpoint('last'));
  if (!isBegun && job.source !== null && !(await isSourceReady(job.source))) {
    events.write({ type: 'source-unfinished', source: job.source.run });
    return 'source-unfinished';
  }
  // An earlier attempt without a last word may still run where it lost its network: it needs a moment to see the fence.
  const isAlone = before.attempts === 0 || before.end !== null;
  if (!isAlone) await sleep(1000 * job.settle, undefined, { signal: warnings.signal }).catch(() => undefined);
  if (warnings.isStopped || !(await waitForFolder(folder, warnings.signal)) || warnings.signal.aborted)
    return 'interrupted';
  return await trainOnNode(one, folder, isBegun);
}

async function interrupted(
  events: NodeEvents,
  warnings: Warnings,
  { isEnding, giveBack }: JobFacts,
): Promise<void> {
  // A job that somebody has cancelled would come to life again: signals that arrived, also while this was asked, are heard first.
  const isOver = isEnding();
  await nextTurn();
  await nextTurn();
  const again = warnings.wantsMore && !isOver;
  const { reason } = warnings;
  if (!again) {
    events.write({ type: 'interrupted', again, requeued: false, reason });
    return;
  }
  try {
    // Said before: the scheduler may end this process at once.
    events.write({ type: 'interrupted', again, requeued: true, reason });
    giveBack();
  } catch (error) {
    // It pends already where the scheduler has requeued it by itself; where it has not, the login side submits it again.
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    const requeued = text.includes('pending execution');
    events.write({ type: 'interrupted', again, requeued, reason: `${reason}; ${text}` });
  }
}
