import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RunLog } from '../runs/RunLog.ts';
import { planOf, readDefinition } from '../studies/definition.ts';
import type { PlannedRun } from '../studies/PlannedRun.ts';
import { ClusterWork } from './ClusterWork.ts';
import { notOnCluster, onCluster } from './errors.ts';
import { SlurmLauncher } from './slurm/SlurmLauncher.ts';
import { prepareRun, prepareStudy, type Target } from './submit.ts';
import { readSubmission, withSubmissionLock, type SavedSubmission } from './SubmissionFile.ts';

/** What was given to clusters from a data folder, and to what of it this process is attached. */
export class Submissions {
  readonly #log: RunLog;
  readonly #attached = new Map<string, ClusterWork>();
  /** What stood in the file when that which was attached ended. */
  readonly #left = new Map<string, SavedSubmission | undefined>();

  constructor(log: RunLog) {
    this.#log = log;
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
    const saved = this.#all().find(
      (one) => !one.over && (one.id === id || one.runs.some(({ run }) => run === id)),
    );
    if (saved) throw onCluster(id, saved.cluster);
  }

  /** Those that are not over. */
  list(): SavedSubmission[] {
    return this.#all().filter(({ over }) => !over);
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

  #all(): SavedSubmission[] {
    const folder = join(this.#log.home, 'cluster');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => readSubmission(this.#log.home, name.slice(0, -'.json'.length)) ?? []);
  }
}
