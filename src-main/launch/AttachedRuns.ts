import { isErrorCode } from '../foundation/errorCodes.ts';
import { reportError, type ErrorReport } from '../foundation/errors.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { isResult, type PlannedRun } from '../studies/PlannedRun.ts';
import { progressOfRun } from '../studies/progressFromLog.ts';
import { isDone, notStarted, StudyProgress, type StudySnapshot } from '../studies/StudyProgress.ts';
import type { End } from '../supervisor/ActiveRun.ts';
import type { JobStatus } from '../vocabulary/jobStatus.ts';
import type { Decision } from './decide.ts';
import { resultsUnseen } from './errors.ts';
import type { NodeReport } from './events.ts';
import { fold } from './fold.ts';
import type { Job } from './Launcher.ts';
import type { Round, Seen } from './round.ts';
import { RunFiles } from './RunFiles.ts';
import { jobStatusOf } from './jobStatusOf.ts';
import type { GivenRun, SavedSubmission } from './SubmissionFile.ts';

/** One run of the submission, as this process has seen it. */
interface Entry {
  given: GivenRun;
  files: RunFiles;
  planned: PlannedRun | undefined;
  /** Whether the attempt without a last word no longer runs, by the scheduler's word. */
  isLost: boolean;
  /** Whether the scheduler has a job for it that is still to start. */
  waits: boolean;
  /** As it was folded last. */
  folded: { isLost: boolean; waits: boolean };
  isUnderWay: boolean;
  /** Whether the run is finished, and not all of what its node has written was seen yet. */
  isUnseen: boolean;
  /** Whether what it starts from is not going to come. */
  isBlocked: boolean;
}

/** Brings what the nodes of a submission leave into the log, and keeps the overview of it. */
export class AttachedRuns {
  /** Whether an attempt has ended since the scheduler was asked. */
  isNews = false;
  readonly #log: RunLog;
  readonly #entries = new Map<string, Entry>();
  readonly #planned: ReadonlyMap<string, PlannedRun>;
  readonly #progress: StudyProgress;
  readonly #patience: number;
  readonly #startedAt = Date.now();
  #failure: ErrorReport | null = null;

  /** @param patience seconds for which a finished run's files may be missing before it counts as failed */
  constructor(
    log: RunLog,
    { id, kind, runs }: SavedSubmission,
    plan: readonly PlannedRun[],
    patience: number,
  ) {
    this.#log = log;
    this.#patience = patience;
    this.#planned = new Map(plan.map((one) => [one.key, one]));
    this.include(runs);
    const places = new Map(
      kind === 'study'
        ? log.studies.runsOf(id).map(({ key, runId }) => [key, runId])
        : runs.map(({ key, run }) => [key, run]),
    );
    const before = plan.map((one) => {
      const run = places.get(one.key);
      return run !== undefined && log.runs.has(run) ? progressOfRun(log, one, run) : notStarted(one);
    });
    this.#progress = new StudyProgress(id, plan, before);
  }

  /** Takes in runs that another process has added to the submission. */
  include(runs: readonly GivenRun[]): void {
    const { home } = this.#log;
    for (const given of runs) {
      const { run, key } = given;
      if (this.#entries.has(run)) continue;
      const files = new RunFiles(home, this.#log.folder(run), run);
      const planned = this.#planned.get(key);
      const word = { isLost: false, waits: false };
      const state = { ...word, folded: word, isUnderWay: true, isUnseen: false, isBlocked: false };
      this.#entries.set(run, { given, files, planned, ...state });
    }
  }

  get isUnderWay(): boolean {
    return [...this.#entries.values()].some((entry) => entry.isUnderWay);
  }

  /** Whether something that nodes have written is still to be seen. */
  get isUnseen(): boolean {
    return [...this.#entries.values()].some((entry) => entry.isUnseen);
  }

  reportOf(run: string): NodeReport {
    const entry = this.#entries.get(run);
    if (!entry) throw new Error(`run ${run} is not of this submission`);
    return entry.files.report;
  }

  /** Folds what has changed. @returns whether anything has */
  async look(): Promise<boolean> {
    let hasChanged = false;
    const toFold: Entry[] = [];
    for (const entry of this.#entries.values()) {
      const { files, planned, given } = entry;
      if (!this.#log.runs.has(given.run)) continue;
      const { events, metrics, activity } = files.look();
      if (activity) {
        hasChanged = true;
        // An evaluation may go on for long without an event or a metric.
        this.#log.runs.heartbeat(given.run);
        if (planned) this.#progress.observe(planned.key, activity, 1);
      }
      if (events || metrics) hasChanged = true;
      if (events && files.report.end !== null) this.isNews = true;
      // A new attempt has begun since the scheduler was asked.
      else if (events) entry.isLost = false;
      if (events || entry.isUnseen) toFold.push(entry);
      else if (metrics) await this.#readMetrics(entry);
    }
    // That a result is still unseen is no news.
    return (await this.#fold(toFold)) || hasChanged;
  }

  /** Folds what only the scheduler's word has changed. */
  async settle(): Promise<void> {
    this.isNews = false;
    const entries = [...this.#entries.values()];
    await this.#fold(
      entries.filter(
        ({ isLost, waits, folded, given }) =>
          (isLost !== folded.isLost || waits !== folded.waits) && this.#log.runs.has(given.run),
      ),
    );
  }

  /** What is known, to decide by. */
  seen(jobs: readonly Job[]): Seen {
    return {
      jobs,
      report: (run) => this.reportOf(run),
      silent: ({ run, submittedAt }) => {
        const changedAt = this.#entries.get(run)?.files.changedAt ?? 0;
        const since = Math.max(
          changedAt,
          this.#startedAt,
          submittedAt === null ? 0 : Date.parse(submittedAt),
        );
        return (Date.now() - since) / 1000;
      },
    };
  }

  /** Takes note of what was decided about each run. */
  note({ cluster, held }: SavedSubmission, { decisions, jobs }: Round): void {
    for (const [run, decision] of decisions) {
      const entry = this.#entries.get(run);
      if (!entry) continue;
      const job = jobs.get(run);
      const { report } = entry.files;
      entry.isBlocked = decision.do === 'block';
      entry.isUnderWay = job !== undefined && job.state !== 'over';
      entry.waits = job?.state === 'waiting';
      entry.isLost = report.end === null && job?.state !== 'running';
      this.#show(entry, decision, jobStatusOf(cluster, { report, job, decision, isHeld: held !== null }));
    }
  }

  /** The scheduler has taken a job of the run, which so waits. */
  noteTaken(run: string): void {
    const entry = this.#entries.get(run);
    if (!entry || !this.#log.runs.has(run)) return;
    const { status } = this.#log.runs.get(run);
    if (status !== 'interrupted' && status !== 'failed') return;
    this.#log.setStatus(run, 'queued');
    this.#showProgress(entry);
  }

  /** Takes note of a failure that only the log knows of. */
  noteFailure(): void {
    for (const { given, planned } of this.#entries.values()) {
      if (!planned || !this.#log.runs.has(given.run)) continue;
      const { status, error } = this.#log.runs.get(given.run);
      if (status !== 'failed' || error === null || isResult(planned, error)) continue;
      const { code } = error;
      if (isErrorCode(code)) this.#failure ??= { ...error, code };
    }
  }

  snapshot(note: string | null): StudySnapshot {
    const snapshot = this.#progress.snapshot();
    const { activity } = snapshot;
    return note === null
      ? snapshot
      : { ...snapshot, activity: activity === null ? note : `${activity}; ${note}` };
  }

  /** How the whole submission has ended. */
  endOf({ held, isStopped }: { held: ErrorReport | null; isStopped: boolean }): End {
    if (held) return { status: 'failed', error: held };
    if (isStopped) return { status: 'interrupted', error: null };
    if (this.#failure) return { status: 'failed', error: this.#failure };
    const { runs } = this.#progress.snapshot();
    if (runs.some(({ status }) => status === 'interrupted')) return { status: 'interrupted', error: null };
    const isWhole = runs.every(({ status }) => isDone(status) || status === 'blocked');
    return { status: isWhole ? 'finished' : 'paused', error: null };
  }

  /** @returns whether results came to be seen, or were given up */
  async #fold(entries: readonly Entry[]): Promise<boolean> {
    let hasChanged = false;
    const unseen = await fold(
      this.#log,
      entries.map(({ given: { run }, files: { report }, isLost, waits }) => ({ run, report, isLost, waits })),
    );
    for (const entry of entries) {
      const { given, files } = entry;
      const wasUnseen = entry.isUnseen;
      entry.folded = { isLost: entry.isLost, waits: entry.waits };
      entry.isUnseen = unseen.has(given.run);
      if (entry.isUnseen && Date.now() - files.changedAt > 1000 * this.#patience) this.#giveUp(entry);
      hasChanged ||= wasUnseen && !entry.isUnseen;
      this.#showProgress(entry);
    }
    return hasChanged;
  }

  /** The results of a finished run do not come to be seen. */
  #giveUp(entry: Entry): void {
    const { run } = entry.given;
    entry.isUnseen = false;
    const error = reportError(resultsUnseen(this.#log.folder(run).path));
    this.#failure ??= error;
    this.#log.setFailed(run, error);
  }

  async #readMetrics(entry: Entry): Promise<void> {
    const { run } = entry.given;
    await this.#log.readMetrics(run);
    this.#log.runs.heartbeat(run);
    this.#showProgress(entry);
  }

  #showProgress({ given, planned, isBlocked }: Entry): void {
    if (!planned || !this.#log.runs.has(given.run)) return;
    const { jobStatus: _jobStatus, ...shown } = progressOfRun(this.#log, planned, given.run);
    this.#progress.change(planned.key, isBlocked ? { ...shown, status: 'blocked' } : shown);
  }

  #show({ planned, given }: Entry, decision: Decision, jobStatus: JobStatus): void {
    if (!planned) return;
    const isOver = jobStatus.state === 'over';
    this.#progress.change(planned.key, { runId: given.run, jobStatus: isOver ? null : jobStatus });
    if (decision.do === 'block') this.#progress.change(planned.key, { status: 'blocked' });
    // The node may have had no chance to say so.
    if (decision.do !== 'end' || !this.#log.runs.has(given.run)) return;
    const { status } = this.#log.runs.get(given.run);
    if (decision.error === null) {
      const isGivenUp = decision.status === 'interrupted' && status === 'queued' && jobStatus.attempt > 0;
      if (!isGivenUp) return;
      this.#log.setStatus(given.run, 'interrupted');
      this.#progress.change(planned.key, progressOfRun(this.#log, planned, given.run));
      return;
    }
    if (status !== 'failed') {
      this.#log.setFailed(given.run, decision.error);
      this.#progress.change(planned.key, progressOfRun(this.#log, planned, given.run));
    }
    if (!isResult(planned, decision.error)) this.#failure ??= decision.error;
  }
}
