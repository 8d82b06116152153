import { isDeepStrictEqual } from 'node:util';
import { WorkbenchError, type ErrorReport } from '../foundation/errors.ts';
import type { RunStatus } from '../runs/records.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { planOf, readDefinition } from '../studies/definition.ts';
import type { PlannedRun } from '../studies/PlannedRun.ts';
import type { JobStatus } from '../vocabulary/jobStatus.ts';
import { ClusterWork } from './ClusterWork.ts';
import { notOnCluster, onCluster } from './errors.ts';
import { SavedSubmissions } from './SavedSubmissions.ts';
import { SlurmLauncher } from './slurm/SlurmLauncher.ts';
import { prepareRun, prepareStudy, type Target } from './submit.ts';
import { readSubmission, withSubmissionLock, type SavedSubmission } from './SubmissionFile.ts';
import { UnattachedRuns } from './UnattachedRuns.ts';

const millisecondsBetweenUpdates = 3000;

/** A study on a cluster to which this process is not attached, by its files. */
interface UnattachedStudy {
  cluster: string;
  status: RunStatus;
  /** By run. */
  jobStatuses: Map<string, JobStatus>;
}

/** Where a run is at a cluster. */
export interface OnCluster {
  /** The study or run that was submitted. */
  id: string;
  kind: SavedSubmission['kind'];
  cluster: string;
  /** Whether this process asks the scheduler how it goes. */
  isAttached: boolean;
  /** Null for a run of a study that is over, while others go on. */
  jobStatus: JobStatus | null;
}

/** What was given to clusters from a data folder, and to what of it this process is attached. */
export class Submissions {
  readonly #log: RunLog;
  readonly #attached = new Map<string, ClusterWork>();
  /** What stood in the file when that which was attached ended. */
  readonly #left = new Map<string, SavedSubmission | undefined>();

  readonly #unattachedRuns: UnattachedRuns;
  readonly #saved: SavedSubmissions;
  #updating: Promise<void> = Promise.resolve();
  #updatedAt = -Infinity;

  constructor(log: RunLog) {
    this.#log = log;
    this.#unattachedRuns = new UnattachedRuns(log);
    this.#saved = new SavedSubmissions(log);
  }

  /** Gives the remaining runs of a study to a cluster, and attaches to it. @throws WorkbenchError those of {@link prepareStudy} */
  async submitStudy(id: string, only: readonly string[] | undefined, target: Target): Promise<ClusterWork> {
    await this.#leave(id);
    const plan = this.#planOf(id);
    const saved = await withSubmissionLock(this.#log.home, id, () =>
      prepareStudy(this.#log, { id, plan, only }, target),
    );
    return this.#begun(this.#attach(saved));
  }

  async submitRun(id: string, fromBest: boolean, target: Target): Promise<ClusterWork> {
    const { protocol, testScales } = this.#log.runs.get(id).config.evaluation;
    const evaluations = [{ protocol, testScales }];
    const saved = await withSubmissionLock(this.#log.home, id, () => {
      this.requireHere(id);
      return prepareRun(this.#log, { id, evaluations, fromBest }, target);
    });
    return this.#begun(this.#attach(saved));
  }

  /** The cluster that something is on, or was last; null if it never was. */
  clusterOf(id: string): string | null {
    return readSubmission(this.#log.home, id)?.cluster ?? null;
  }

  /** Attaches to what is on a cluster; undefined if nothing of that id is. */
  attach(id: string): ClusterWork | undefined {
    const known = this.attached(id);
    if (known?.isUnderWay) return known;
    const saved = readSubmission(this.#log.home, id);
    // One that ended here, as with jobs held, has said so; it goes on when something is done about it, here or elsewhere.
    const isNew = known === undefined || !isDeepStrictEqual(saved, this.#left.get(id));
    return saved && !saved.over && isNew ? this.#attach(saved) : known;
  }

  /** The one that this process is attached to, or was until it ended. */
  attached(id: string): ClusterWork | undefined {
    return this.#attached.get(id);
  }

  /** Like {@link attach}, of a study or a run. @throws WorkbenchError `not-on-cluster` */
  require(id: string): ClusterWork {
    const work = this.attach(id);
    if (work) return work;
    throw notOnCluster(id);
  }

  /** @throws WorkbenchError `on-cluster` for a run or study that is on a cluster: it must be neither trained nor deleted here */
  requireHere(id: string): void {
    const saved = this.#saved.holding(id);
    if (saved) throw onCluster(id, saved.cluster, saved.id);
  }

  /** Files that do not say what is on a cluster. */
  unreadable(): { path: string; error: ErrorReport }[] {
    return this.#saved.unreadable();
  }

  /** Those that are not over, but for files that cannot be read. */
  list(): SavedSubmission[] {
    return this.#saved.underWay();
  }

  /**
   * Brings the log up to what nodes have left, where this process is not attached: from files alone, without asking
   * schedulers, and at most every few seconds.
   */
  updateUnattached(): Promise<void> {
    if (performance.now() - this.#updatedAt < millisecondsBetweenUpdates) return this.#updating;
    this.#updatedAt = Infinity;
    this.#updating = this.#updateAll().finally(() => {
      this.#updatedAt = performance.now();
    });
    return this.#updating;
  }

  /** A study that is on a cluster, with the status of its jobs by their files; undefined if this process is attached to it. */
  unattached(id: string): UnattachedStudy | undefined {
    const saved = this.#unattached().find((one) => one.id === id);
    return saved && this.#byFiles(saved);
  }

  /** Where a run is at a cluster; null if it is on none. */
  placeOf(run: string): OnCluster | null {
    const saved = this.list().find(({ runs }) => runs.some((given) => given.run === run));
    if (!saved) return null;
    const { id, kind, cluster } = saved;
    const work = this.attached(id);
    const isAttached = work?.isUnderWay === true;
    const jobStatus = isAttached
      ? work.snapshot().runs.find(({ runId }) => runId === run)?.jobStatus
      : this.#unattachedRuns.jobStatuses(saved).get(run);
    return { id, kind, cluster, isAttached, jobStatus: jobStatus ?? null };
  }

  /** The status of each such study. */
  unattachedStatuses(): Map<string, RunStatus> {
    return new Map(this.#unattached().map((saved) => [saved.id, this.#byFiles(saved).status]));
  }

  /** Leaves everything to the clusters. */
  async close(): Promise<void> {
    await Promise.all([...this.#attached.keys()].map((id) => this.#leave(id)));
  }

  async #leave(id: string): Promise<void> {
    const work = this.#attached.get(id);
    work?.detach();
    await work?.ended;
    this.#attached.delete(id);
  }

  /** Waits until everything is with the scheduler. */
  async #begun(work: ClusterWork): Promise<ClusterWork> {
    await work.begun;
    return work;
  }

  #attach(saved: SavedSubmission): ClusterWork {
    const { id, settings: cluster } = saved;
    const services = { log: this.#log, launcher: new SlurmLauncher(id), cluster };
    const plan = saved.kind === 'study' ? this.#planOf(id) : this.#planOfRun(saved);
    const work = new ClusterWork(services, saved, plan);
    this.#attached.set(id, work);
    void work.ended.then(() => this.#left.set(id, this.#savedNow(id)));
    return work;
  }

  #savedNow(id: string): SavedSubmission | undefined {
    try {
      return readSubmission(this.#log.home, id);
    } catch {
      return undefined;
    }
  }

  #planOf(id: string): PlannedRun[] {
    return planOf(readDefinition(id, this.#log.studies.get(id).definition));
  }

  #planOfRun({ id, runs }: SavedSubmission): PlannedRun[] {
    const { config } = this.#log.runs.get(id);
    const { protocol, testScales } = config.evaluation;
    return [
      {
        key: runs[0]?.key ?? id,
        seed: config.training.seed,
        dependsOn: null,
        evaluations: [{ protocol, testScales }],
        divergenceIsResult: false,
        config,
      },
    ];
  }

  /** Those to which this process is not attached. */
  #unattached(): SavedSubmission[] {
    return this.list().filter(({ id }) => !this.attached(id)?.isUnderWay);
  }

  #byFiles(saved: SavedSubmission): UnattachedStudy {
    const jobStatuses = this.#unattachedRuns.jobStatuses(saved);
    const isRunning = [...jobStatuses.values()].some(({ state }) => state === 'running');
    return { cluster: saved.cluster, status: isRunning ? 'running' : 'queued', jobStatuses };
  }

  async #updateAll(): Promise<void> {
    if (this.#log.readOnly) return;
    for (const saved of this.list()) {
      // What was looked at before may have taken long.
      if (this.attached(saved.id)?.isUnderWay) continue;
      try {
        await this.#unattachedRuns.update(saved);
      } catch (error) {
        // It shows as it was; what is wrong with its files is reported when it is attached to.
        if (!(error instanceof WorkbenchError)) throw error;
      }
    }
  }
}
