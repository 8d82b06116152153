import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { reportError } from '../../foundation/errors.ts';
import { ensureFolder, writeFileAtomically } from '../../foundation/files.ts';
import { programFile } from '../../foundation/project.ts';
import { RunFolder } from '../../runs/folder/RunFolder.ts';
import { RunLock } from '../../runs/folder/RunLock.ts';
import { describeEnvironment } from '../../supervisor/environment.ts';
import { isInVain, reasonText } from '../../vocabulary/slurmReasons.ts';
import { clusterNamed, type Cluster } from '../clusters.ts';
import { checkInterrupted } from '../errors.ts';
import type { Job } from '../Launcher.ts';
import { batchScript } from '../slurm/script.ts';
import { SlurmLauncher } from '../slurm/SlurmLauncher.ts';
import { CheckFolder, lagSchema, probeAnswerSchema } from './answers.ts';
import { findingsOf, type CheckFinding } from './findingsOf.ts';

export type ProbeEvent = { type: 'waiting'; text: string } | { type: 'finding'; finding: CheckFinding };

const millisecondsBetweenLooks = 100;
const looksBetweenQuestions = 10;

/**
 * Sends a probe job to a cluster and says what is right and what is not.
 *
 * @throws WorkbenchError `cluster-unknown`, `scheduler-missing`, `scheduler-refused`, `scheduler-silent`;
 *   `check-interrupted` when the signal aborts
 */
export async function checkCluster(
  home: string,
  name: string,
  emit: (event: ProbeEvent) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const cluster = clusterNamed(home, name);
  const id = `check-${randomUUID().slice(0, 8)}`;
  const folder = new CheckFolder(join(home, 'cluster', id));
  ensureFolder(folder.path);
  const lock = new RunLock(new RunFolder(folder.path));
  const launcher = new SlurmLauncher(id);
  try {
    const command = [
      process.execPath,
      programFile(join('hosts', 'node'), 'main'),
      home,
      '--probe',
      folder.path,
    ];
    writeFileAtomically(folder.script, batchScript(shortened(cluster), command, { threads: cluster.cpus }));
    const work = { run: 'probe', key: 'check', after: null, afterJob: null };
    await launcher.submit([{ ...work, script: folder.script, output: folder.output }], () => undefined);
    emit({ type: 'finding', finding: { what: 'submission', isGood: true, text: `${name} takes jobs` } });
    for (const finding of await findings({ folder, launcher, cluster, emit, signal }))
      emit({ type: 'finding', finding });
  } finally {
    lock.release();
    await takeBack(launcher).catch((error: unknown) => {
      const text = `The probe job may be there still: ${reportError(error).message}`;
      emit({ type: 'finding', finding: { what: 'taking back', isGood: false, text } });
    });
    rmSync(folder.path, { recursive: true, force: true });
  }
}

async function takeBack(launcher: SlurmLauncher): Promise<void> {
  await launcher.end(await launcher.look(), 'now');
}

interface Check {
  folder: CheckFolder;
  launcher: SlurmLauncher;
  cluster: Cluster;
  emit: (event: ProbeEvent) => void;
  signal: AbortSignal | undefined;
}

async function findings(check: Check): Promise<CheckFinding[]> {
  const { folder, cluster } = check;
  const reason = await comes(check, folder.answer);
  if (reason !== null && isInVain(reason))
    return [{ what: 'start', isGood: false, text: reasonText(reason) }];
  if (reason !== null) {
    const output = existsSync(folder.output) ? readFileSync(folder.output, 'utf8').trim() : '';
    const lines = output.split('\n').slice(-5).join('\n');
    const text = `The program did not run on the node: it must lie there under the same path. ${lines}`;
    return [{ what: 'program', isGood: false, text: text.trim() }];
  }
  const seenAt = Date.now();
  const answer = read(probeAnswerSchema, folder.answer);
  writeFileAtomically(folder.seen, '');
  const lag = (await comes(check, folder.lag)) === null ? read(lagSchema, folder.lag).seconds : null;
  return findingsOf({ answer, lag, cluster, seenAt, here: await describeEnvironment() });
}

/**
 * Waits for a file of the node.
 *
 * @returns null once it is there; else why it will not come: the scheduler's word for why its job waits in vain, or
 *   empty if that is over, and the file does not come late either
 */
async function comes({ launcher, emit, signal, cluster }: Check, path: string): Promise<string | null> {
  let overSince: number | null = null;
  let reported = '';
  for (let looks = 0; !existsSync(path); looks++) {
    await sleep(millisecondsBetweenLooks);
    if (signal?.aborted === true) throw checkInterrupted();
    if (looks % looksBetweenQuestions !== 0) continue;
    const [job] = await launcher.look();
    const isOver = job === undefined || job.state === 'over';
    overSince = isOver ? (overSince ?? performance.now()) : null;
    if (overSince !== null && performance.now() - overSince > 1000 * cluster.settle) return '';
    if (job?.state === 'waiting' && job.reason !== null && isInVain(job.reason)) return job.reason;
    const text = waitingText(job);
    if (text !== reported) emit({ type: 'waiting', text });
    reported = text;
  }
  return null;
}

function waitingText(job: Job | undefined): string {
  if (job === undefined) return 'no job';
  return job.state === 'waiting' ? `waits: ${reasonText(job.reason ?? job.word)}` : (job.node ?? job.word);
}

/** As short as a probe is, so that it starts soon. */
function shortened(cluster: Cluster): Cluster {
  return { ...cluster, time: '5', lead: 10 };
}

function read<Value>(schema: z.ZodType<Value>, path: string): Value {
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
