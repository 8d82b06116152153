import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import { runBusy, studyBusy } from '../runs/errors.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { newRunOf, type PlannedRun } from '../studies/PlannedRun.ts';
import { progressFromLog } from '../studies/progressFromLog.ts';
import { selectRuns } from '../studies/select.ts';
import { isDone, type StudyRunProgress } from '../studies/StudyProgress.ts';
import { clusterNamed, type SubmissionOptions, type Cluster } from './clusters.ts';
import { readReport } from './events.ts';
import { JobFolder } from './places.ts';
import { SlurmLauncher } from './slurm/SlurmLauncher.ts';
import { readSubmission, writeSubmission, type GivenRun, type SavedSubmission } from './SubmissionFile.ts';
import { writeJob, type RunToGive } from './writeJob.ts';

/** Where a submission goes, and what it asks for. */
export interface Target extends SubmissionOptions {
  cluster: string;
}

/**
 * Makes a submission of the remaining runs of a study: creates them all and writes what their jobs are to do. Nothing is
 * given to the scheduler yet. Runs of an earlier submission that are not over keep their jobs. The caller holds the lock of
 * the submission.
 *
 * @throws WorkbenchError `cluster-unknown`, `study-run-unknown`, `study-busy`, `run-busy`, those of the weights that runs
 *   start from
 */
export async function prepareStudy(
  log: RunLog,
  { id, plan, only }: { id: string; plan: readonly PlannedRun[]; only?: readonly string[] | undefined },
  target: Target,
): Promise<SavedSubmission> {
  const cluster = clusterNamed(log.home, target.cluster, target);
  const progress = new Map(progressFromLog(log, id, plan).map((run) => [run.key, run]));
  const runIds = new Map([...progress].flatMap(([key, { runId }]) => (runId === null ? [] : [[key, runId]])));
  requireIdle(log, id, runIds.values(), 'study');
  const earlier = await earlierRuns(log.home, id);
  const made: { key: string; runId: string; seed: number }[] = [];
  const todo = remaining(selectRuns(plan, only), progress);
  await log.createTogether(async (create) => {
    for (const planned of todo.filter(({ key }) => !runIds.has(key))) {
      const { key, seed, config } = planned;
      // The number of threads decides the last digits, so it stays with the run.
      const threads = config.training.threads ?? cluster.cpus;
      const { id: runId } = create(newRunOf(planned, runIds, threads));
      made.push({ key, runId, seed });
      runIds.set(key, runId);
      // Other work runs between two of a thousand; the lock is kept alive by that, too.
      await nextTurn();
    }
  });
  log.studies.putRuns(id, made);
  const runs: GivenRun[] = [];
  for (const planned of todo) {
    const run = runIds.get(planned.key) ?? '';
    const source = planned.dependsOn === null ? null : (runIds.get(planned.dependsOn) ?? null);
    const isSourceFinished = source !== null && !todo.some(({ key }) => key === planned.dependsOn);
    const one = { run, key: planned.key, source, isSourceFinished, fromBest: false };
    const known = earlier.get(run);
    await nextTurn();
    runs.push(known ?? (await give(log, { ...one, evaluations: planned.evaluations }, cluster)));
  }
  // Again, since that took a while: nothing comes between this and the file, by which others know of it.
  requireIdle(log, id, runIds.values(), 'study');
  const others = [...earlier.values()].filter(({ run }) => !runs.some((given) => given.run === run));
  const name = target.cluster;
  return save(log, { id, kind: 'study', cluster: name, settings: cluster, runs: [...others, ...runs] });
}

/** The same for a single run. @throws WorkbenchError `cluster-unknown`, `run-busy` */
export async function prepareRun(
  log: RunLog,
  {
    id,
    evaluations,
    fromBest,
  }: { id: string; evaluations: readonly RequestedEvaluation[]; fromBest: boolean },
  target: Target,
): Promise<SavedSubmission> {
  const cluster = clusterNamed(log.home, target.cluster, target);
  requireIdle(log, id, [id], 'run');
  pinThreads(log, id, cluster);
  const { name } = log.runs.get(id);
  const one = { run: id, key: name === '' ? id : name, source: null, isSourceFinished: false };
  const given = await give(log, { ...one, evaluations, fromBest }, cluster);
  requireIdle(log, id, [id], 'run');
  return save(log, { id, kind: 'run', cluster: target.cluster, settings: cluster, runs: [given] });
}

/** @throws WorkbenchError `study-busy`, `run-busy` for what is being trained, and not by jobs of the submission */
function requireIdle(log: RunLog, id: string, runs: Iterable<string>, kind: SavedSubmission['kind']): void {
  const saved = readSubmission(log.home, id);
  const isOnCluster = saved !== undefined && !saved.over;
  if (kind === 'study' && !isOnCluster && log.studies.get(id).status === 'running') throw studyBusy(id);
  const given = new Set(isOnCluster && !saved.stopped ? saved.runs.map(({ run }) => run) : []);
  const isRunning = (run: string) =>
    // The row alone is read first: it is a fraction of the whole run.
    log.runs.has(run) && log.runs.indexed(run).status === 'running' && log.runs.get(run).status === 'running';
  for (const run of runs) if (!given.has(run) && isRunning(run)) throw runBusy(run);
}

async function give(log: RunLog, one: RunToGive, cluster: Cluster): Promise<GivenRun> {
  await writeJob(log, one, cluster);
  const after = one.isSourceFinished ? null : one.source;
  return { run: one.run, key: one.key, after, job: null, submittedAt: null, lost: 0, gains: 0 };
}

/** Those that are not done, without those whose source has diverged. */
function remaining(
  plan: readonly PlannedRun[],
  progress: ReadonlyMap<string, StudyRunProgress>,
): readonly PlannedRun[] {
  const hopeless = new Set<string>();
  return plan.filter(({ key, dependsOn }) => {
    const status = progress.get(key)?.status ?? 'queued';
    if (status === 'diverged' || (dependsOn !== null && hopeless.has(dependsOn))) hopeless.add(key);
    return !isDone(status) && !hopeless.has(key);
  });
}

/** Those of an earlier submission of the study that have not ended: their jobs go on, also if they were held. */
async function earlierRuns(home: string, id: string): Promise<ReadonlyMap<string, GivenRun>> {
  const saved = readSubmission(home, id);
  if (!saved || saved.over || saved.stopped) return new Map();
  const left = saved.runs.filter(({ run, job }) => {
    const report = readReport(new JobFolder(home, run).events);
    return !(report.job === job && report.end?.type === 'failed');
  });
  if (saved.held !== null) {
    const jobs = left.flatMap(({ job }) => job ?? []);
    // Jobs that have ended meanwhile cannot be released, and need not be.
    await new SlurmLauncher(id).hold(jobs, false).catch(() => undefined);
  }
  return new Map(left.map((given) => [given.run, given]));
}

/** A run that has not begun gets the cluster's number of threads for life. */
function pinThreads(log: RunLog, id: string, { cpus }: Cluster): void {
  const { config } = log.runs.get(id);
  if (config.training.threads !== null || existsSync(log.folder(id).checkpoint('last'))) return;
  log.setConfig(id, { ...config, training: { ...config.training, threads: cpus } });
}

function save(
  { home }: RunLog,
  made: Pick<SavedSubmission, 'id' | 'kind' | 'cluster' | 'settings' | 'runs'>,
): SavedSubmission {
  const submission = { ...made, stopped: false, held: null, over: false };
  writeSubmission(home, submission);
  return submission;
}
