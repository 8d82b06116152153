import { isDeepStrictEqual } from 'node:util';
import type { RunConfig } from '../configuration/schema.ts';
import { reportError, type ErrorReport } from '../foundation/errors.ts';
import { ActiveRun, type End, type RunServices, type StoppedStatus } from '../supervisor/ActiveRun.ts';
import { Feed } from '../foundation/Feed.ts';
import { whileBeating } from '../supervisor/whileBeating.ts';
import { planOf, readDefinition } from './definition.ts';
import { isResult, newRunOf, type PlannedRun } from './PlannedRun.ts';
import { selectRuns } from './select.ts';
import { progressFromLog } from './progressFromLog.ts';
import { isDone, StudyProgress, type StudySnapshot } from './StudyProgress.ts';

export type StudyEvent =
  { type: 'progress'; snapshot: StudySnapshot } | ({ type: 'ended'; snapshot: StudySnapshot } & End);

const millisecondsBetweenSnapshots = 250;

/** How the runs of a study share the machine. */
export interface Sharing {
  /** How many train side by side, at most; each prepares images with its part of `data.workers`. */
  atOnce: number;
  /** Threads of each; null for those that its settings name. */
  threads: number | null;
}

export interface StudyOptions {
  /** The runs to train now, with those they start from, in the form {@link selectRuns} reads; default: all. */
  only?: readonly string[] | undefined;
  /** By default one at a time, with the threads of its settings. */
  sharing?: Sharing | undefined;
}

/** What has come of the runs that this session trained. */
interface Outcome {
  /** The first that failed. */
  failure: ErrorReport | null;
  /** Set once one was stopped: then no other starts. */
  stopped: StoppedStatus | null;
  /** The other runs would also find no space. */
  diskFull: boolean;
}

/**
 * A study that is being run: trains its runs in order, each once, one at a time or several side by side. A run that starts
 * from another waits for it. The end of one, whatever it is, leaves those beside it alone.
 */
export class ActiveStudy {
  readonly id: string;
  /** Ends with an `ended` event, whatever happens. */
  readonly events = new Feed<StudyEvent>();
  /** Settles when the study has ended; never rejects. */
  readonly ended: Promise<End>;
  readonly #services: RunServices;
  readonly #onRun: (run: ActiveRun) => void;
  #plan: readonly PlannedRun[];
  readonly #progress: StudyProgress;
  readonly #runIds: Map<string, string>;
  readonly #requested = new Set<string>();
  /** Runs that this session has finished or failed to train. */
  readonly #settled = new Set<string>();
  readonly #sharing: Sharing;
  readonly #underWay = new Map<string, ActiveRun>();
  #stoppedAs: StoppedStatus | undefined;
  #over = false;
  #reportedAt = 0;

  /**
   * @param onRun receives each run as it starts
   * @throws WorkbenchError `study-busy` if it is under way, here or elsewhere; `study-unreadable`,
   *   `study-run-unknown`, and those of a configuration
   */
  constructor(
    services: RunServices,
    id: string,
    onRun: (run: ActiveRun) => void,
    options: StudyOptions = {},
  ) {
    const { log } = services;
    const { only, sharing = { atOnce: 1, threads: null } } = options;
    this.id = id;
    this.#services = services;
    this.#onRun = onRun;
    this.#sharing = sharing;
    this.#plan = planOf(readDefinition(id, log.studies.get(id).definition));
    const progress = progressFromLog(log, id, this.#plan);
    this.#progress = new StudyProgress(id, this.#plan, progress);
    this.#runIds = new Map(progress.flatMap(({ key, runId }) => (runId === null ? [] : [[key, runId]])));
    this.#want(only);
    log.studies.claim(id);
    const beat = () => {
      log.studies.heartbeat(id);
    };
    this.ended = whileBeating(beat, () => this.#perform());
  }

  /**
   * Trains these as well, for all tables that the study now fills; runs that failed are tried again.
   *
   * @returns false if it has ended
   * @throws WorkbenchError `study-run-unknown`
   */
  include(only?: readonly string[]): boolean {
    if (this.#over) return false;
    this.#replan();
    this.#want(only);
    return true;
  }

  #want(only?: readonly string[]): void {
    const selected = selectRuns(this.#plan, only);
    for (const { key } of selected) {
      this.#requested.add(key);
      if (!this.#isDone(key)) this.#settled.delete(key);
    }
    this.#progress.setRequested(this.#requested);
  }

  /** Plans anew, since the study may have been extended. */
  #replan(): void {
    const { log } = this.#services;
    const plan = planOf(readDefinition(this.id, log.studies.get(this.id).definition));
    if (isDeepStrictEqual(plan, this.#plan)) return;
    this.#plan = plan;
    this.#progress.setPlan(plan, progressFromLog(log, this.id, plan));
  }

  /** Checkpoints the runs under way and ends; the study can be resumed. */
  stop(as: StoppedStatus = 'interrupted'): void {
    this.#stoppedAs ??= as;
    for (const run of this.#underWay.values()) run.stop(as);
  }

  kill(): void {
    this.#stoppedAs ??= 'interrupted';
    for (const run of this.#underWay.values()) run.kill();
  }

  /** Undefined once it has ended. */
  snapshot(): StudySnapshot | undefined {
    return this.#over ? undefined : this.#progress.snapshot();
  }

  async #perform(): Promise<End> {
    const { log } = this.#services;
    let end: End;
    try {
      this.#report(true);
      end = await this.#trainAll();
      this.#over = true;
      log.studies.setStatus(this.id, end.status);
    } catch (error) {
      this.#over = true;
      end = { status: 'failed', error: reportError(error) };
      log.studies.setEnded(this.id, 'failed');
    }
    this.events.publish({ type: 'ended', ...end, snapshot: this.#progress.snapshot() });
    this.events.close();
    return end;
  }

  async #trainAll(): Promise<End> {
    const outcome: Outcome = { failure: null, stopped: null, diskFull: false };
    const trainings = new Set<Promise<void>>();
    const mayStart = () => this.#stoppedAs === undefined && outcome.stopped === null && !outcome.diskFull;
    try {
      for (;;) {
        this.#blockOrphans();
        let next = this.#next();
        for (; next && mayStart() && trainings.size < this.#sharing.atOnce; next = this.#next()) {
          const training = this.#trainOne(next, outcome).finally(() => trainings.delete(training));
          trainings.add(training);
        }
        if (trainings.size > 0) await Promise.race(trainings);
        else if (next && this.#stoppedAs !== undefined)
          return { status: this.#stoppedAs, error: outcome.failure };
        else break;
      }
    } catch (error) {
      for (const run of this.#underWay.values()) run.stop();
      await Promise.allSettled(trainings);
      throw error;
    }
    return this.#endAfter(outcome);
  }

  #endAfter({ failure, stopped }: Outcome): End {
    if (stopped !== null) return { status: stopped, error: failure };
    if (failure !== null) return { status: 'failed', error: failure };
    const isWhole = this.#plan.every(
      ({ key, dependsOn }) =>
        // A net that diverged has no weights from which another could start.
        this.#isDone(key) || (dependsOn !== null && this.#progress.statusOf(dependsOn) === 'diverged'),
    );
    return { status: isWhole ? 'finished' : 'paused', error: null };
  }

  async #trainOne(planned: PlannedRun, outcome: Outcome): Promise<void> {
    const { key } = planned;
    this.#settled.add(key);
    const end = await this.#train(planned);
    const diverged = isResult(planned, end.error);
    this.#progress.change(key, diverged ? { ...end, status: 'diverged' } : end);
    // Not before its status is known: the runs that start from it would seem orphans.
    this.#underWay.delete(key);
    if (end.status === 'finished') this.#lookForMore(planned);
    this.#report(true);
    if (diverged) return;
    if (end.status === 'interrupted' || end.status === 'paused') outcome.stopped ??= end.status;
    else outcome.failure ??= end.error;
    if (end.error?.code === 'disk-full') outcome.diskFull = true;
  }

  /** Puts a trained run back in the plan if it was given more evaluations meanwhile. */
  #lookForMore(trained: PlannedRun): void {
    const { key } = trained;
    if (this.#plan.includes(trained)) return;
    const progress = progressFromLog(this.#services.log, this.id, this.#plan).find((run) => run.key === key);
    if (!progress || isDone(progress.status)) return;
    this.#progress.change(key, progress);
    this.#settled.delete(key);
  }

  /** The first run that waits and whose source is trained; before all, one that is trained while nobody leads it. */
  #next(): PlannedRun | undefined {
    const ready = this.#plan.filter(
      ({ key, dependsOn }) =>
        this.#isWaiting(key) && (dependsOn === null || this.#progress.statusOf(dependsOn) === 'finished'),
    );
    return ready.find(({ key }) => this.#progress.statusOf(key) === 'running') ?? ready[0];
  }

  /** Gives up the runs whose source is not going to be trained; the plan has every run after its source. */
  #blockOrphans(): void {
    for (const { key, dependsOn } of this.#plan) {
      if (dependsOn === null || !this.#isWaiting(key)) continue;
      const comes = this.#isWaiting(dependsOn) || this.#underWay.has(dependsOn);
      if (comes || this.#progress.statusOf(dependsOn) === 'finished') continue;
      this.#settled.add(key);
      this.#progress.change(key, { status: 'blocked' });
      this.#report(true);
    }
  }

  /** Whether a run is requested, and neither done nor tried. */
  #isWaiting(key: string): boolean {
    return this.#requested.has(key) && !this.#settled.has(key) && !this.#isDone(key);
  }

  #isDone(key: string): boolean {
    const status = this.#progress.statusOf(key);
    return status !== undefined && isDone(status);
  }

  async #train(planned: PlannedRun): Promise<End> {
    const runId = this.#runIds.get(planned.key) ?? this.#create(planned);
    this.#progress.change(planned.key, { runId, status: 'running', error: null });
    this.#report(true);
    const run = new ActiveRun(this.#services, runId, planned.evaluations, {
      sharedBy: this.#sharing.atOnce,
    });
    this.#underWay.set(planned.key, run);
    this.#onRun(run);
    let stepsPerEpoch = 1;
    for await (const event of run.events.read()) {
      if (event.type === 'ended') break;
      if (event.type === 'started') stepsPerEpoch = event.stepsPerEpoch;
      this.#progress.observe(planned.key, event, stepsPerEpoch);
      // A silent trainer sends nothing more that this could be shown with, so it is shown at once.
      this.#report(event.type === 'unresponsive');
    }
    return await run.ended;
  }

  #create(planned: PlannedRun): string {
    const { key, seed, config } = planned;
    const { log } = this.#services;
    const threads = threadsOf(config.training, this.#sharing);
    const { id } = log.create(newRunOf(planned, this.#runIds, threads));
    log.studies.putRun(this.id, { key, runId: id, seed });
    this.#runIds.set(key, id);
    return id;
  }

  #report(now: boolean): void {
    if (!now && performance.now() - this.#reportedAt < millisecondsBetweenSnapshots) return;
    this.#reportedAt = performance.now();
    this.events.publish({ type: 'progress', snapshot: this.#progress.snapshot() });
  }
}

/** The threads of a run beside others: of each of its processes, if it has several. */
export function threadsOf({ threads, processes }: RunConfig['training'], sharing: Sharing): number | null {
  if (threads !== null || sharing.threads === null) return threads;
  return Math.max(1, Math.floor(sharing.threads / processes));
}
