import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import { ensureFolder } from '../foundation/files.ts';
import { fileMode } from '../foundation/privateFolders.ts';
import { hashOfFile } from '../foundation/hashOfFile.ts';
import { programFile } from '../foundation/project.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { initialWeights } from '../supervisor/weights.ts';
import { nodesFor, type Cluster } from './clusters.ts';
import type { NodeJob, Source } from './job.ts';
import { JobFolder } from './places.ts';
import { batchScript } from './slurm/script.ts';

/** A run that is to be given to a cluster. */
export interface RunToGive {
  run: string;
  key: string;
  /** The run that it starts from, if that is one of the log. */
  source: string | null;
  /** Whether that is finished already, as opposed to trained on the cluster too. */
  isSourceFinished: boolean;
  evaluations: readonly RequestedEvaluation[];
  fromBest: boolean;
}

/**
 * Writes what the node is to do for a run, and the batch script. What earlier jobs of the run left is set aside, so that
 * it counts neither as its end nor as attempts in vain.
 */
export async function writeJob(log: RunLog, one: RunToGive, cluster: Cluster): Promise<JobFolder> {
  const { run, source, evaluations, fromBest } = one;
  const files = new JobFolder(log.home, run);
  ensureFolder(files.path);
  setAside(files);
  const { config, dataset } = log.runs.get(run);
  const folder = log.folder(run);
  const isBegun = existsSync(folder.checkpoint('last'));
  const job: NodeJob = {
    run,
    source: source === null ? null : await sourceOf(log, one, source),
    train: {
      task: 'train',
      config,
      runFolder: folder.path,
      initialWeights: isBegun || source !== null ? null : initialWeights(log, config.initialisation),
      datasetFingerprint: dataset?.fingerprint ?? null,
      fromBest,
      evaluations: [...evaluations],
    },
    settle: cluster.settle,
  };
  // Nobody reads them before the scheduler has the job, and both can be written again: they need not be on the disk at once.
  writeFileSync(files.job, `${JSON.stringify(job, null, 1)}\n`, { mode: fileMode(files.job) });
  const command = [process.execPath, programFile(join('hosts', 'node'), 'main'), log.home, run];
  const { threads, processes } = config.training;
  const nodes = nodesFor(cluster, processes);
  const script = batchScript(cluster, command, {
    nodes,
    threads: ((threads ?? cluster.cpus) * processes) / nodes,
  });
  writeFileSync(files.script, script, { mode: fileMode(files.script) });
  return files;
}

async function sourceOf(log: RunLog, { isSourceFinished }: RunToGive, source: string): Promise<Source> {
  const weights = log.folder(source).checkpoint('best');
  return {
    run: source,
    weights,
    events: isSourceFinished ? null : new JobFolder(log.home, source).events,
    sha256: isSourceFinished ? await hashOfFile(weights) : null,
  };
}

function setAside({ path, stop, events, progress }: JobFolder): void {
  for (const file of [stop, progress]) rmSync(file, { force: true });
  if (!existsSync(events)) return;
  const number = readdirSync(path).filter((name) => /^events-\d+\.jsonl$/.test(name)).length + 1;
  renameSync(events, join(path, `events-${number}.jsonl`));
}
