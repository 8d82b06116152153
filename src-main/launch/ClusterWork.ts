import { setTimeout as sleep } from 'node:timers/promises';
import { reportError } from '../foundation/errors.ts';
import { Feed } from '../foundation/Feed.ts';
import type { RunStatus } from '../runs/records.ts';
import type { StudyEvent } from '../studies/ActiveStudy.ts';
import type { PlannedRun } from '../studies/PlannedRun.ts';
import type { StudySnapshot } from '../studies/StudyProgress.ts';
import type { End } from '../supervisor/ActiveRun.ts';
import { bestEffort } from '../supervisor/bestEffort.ts';
import { whileBeating } from '../supervisor/whileBeating.ts';
import type { Cluster } from './clusters.ts';
import { AttachedRuns } from './AttachedRuns.ts';
import { LoginSide } from './LoginSide.ts';
import type { ClusterServices } from './services.ts';
import type { SavedSubmission } from './SubmissionFile.ts';

/** Between two looks at the files of the nodes, at most. */
const secondsBetweenFolds = 2;
/** How much less often the scheduler is asked while nothing changes, at most. */
const mostBackOff = 4;

/**
 * The login side of a submission: reads what the nodes leave, writes it into the log, and asks the scheduler now and then.
 * Nothing on the cluster depends on it: it may end at any time, and another one goes on from the files.
 */
export class ClusterWork {
  readonly id: string;
  /** Ends with an `ended` event, unless it is detached first. */
  readonly events = new Feed<StudyEvent>();
  /** Settles when everything has ended, or when it is detached; never rejects. */
  readonly ended: Promise<End>;
  /** Whether neither has happened. */
  isUnderWay = true;
  /** Resolves once the scheduler has been given what was to be given; rejects if at first it refuses or does not answer. */
  readonly begun: Promise<void>;
  readonly #begin = Promise.withResolvers<undefined>();
  readonly #detach = new AbortController();
  readonly #login: LoginSide;
  readonly #runs: AttachedRuns;
  readonly #cluster: Cluster;
  readonly #setStatus: (status: RunStatus) => void;

  /** @param plan the runs of the study, or the one that is trained by itself */
  constructor(services: ClusterServices, saved: SavedSubmission, plan: readonly PlannedRun[]) {
    const { log, cluster } = services;
    this.id = saved.id;
    this.begun = this.#begin.promise;
    // Whoever only attaches learns it from the end.
    this.begun.catch(() => undefined);
    this.#cluster = cluster;
    this.#runs = new AttachedRuns(log, saved, plan, cluster.patience);
    this.#login = new LoginSide(services, saved.id, this.#runs);
    const { studies } = log;
    this.#setStatus = (status) => {
      if (saved.kind === 'study') studies.setStatus(saved.id, status);
    };
    const beat = () => {
      if (saved.kind === 'study') studies.heartbeat(saved.id);
    };
    this.ended = whileBeating(beat, () => this.#perform());
  }

  snapshot(): StudySnapshot {
    return this.#runs.snapshot(this.#login.note);
  }

  /** Leaves it to the cluster. */
  detach(): void {
    this.#detach.abort();
  }

  /**
   * `checkpoint`: runs write a checkpoint, however long that takes, and stay out; `now`: as the scheduler cancels jobs.
   *
   * @throws WorkbenchError `scheduler-silent`
   */
  async end(how: 'checkpoint' | 'now'): Promise<void> {
    await this.#login.end(how);
  }

  async #perform(): Promise<End> {
    let end: End | null;
    try {
      this.#setStatus('running');
      end = await this.#follow();
      // What was submitted goes on, or waits, whether somebody looks or not.
      this.#setStatus(end?.status ?? 'queued');
    } catch (error) {
      end = { status: 'failed', error: reportError(error) };
      this.#begin.reject(error);
      bestEffort(() => {
        this.#setStatus('failed');
      });
    }
    this.isUnderWay = false;
    if (end === null) {
      this.events.close();
      return { status: 'queued', error: null };
    }
    this.events.publish({ type: 'ended', ...end, snapshot: this.snapshot() });
    this.events.close();
    return end;
  }

  /** @returns null if it was detached */
  async #follow(): Promise<End | null> {
    const { look } = this.#cluster;
    let wait = 0;
    let backOff = 1;
    for (;;) {
      let hasAsked = false;
      const hasChanged = await this.#runs.look();
      if (hasChanged) backOff = 1;
      if (wait <= 0 || this.#runs.isNews) {
        const trouble = await this.#login.advance();
        if (trouble === null) this.#begin.resolve(undefined);
        else this.#begin.reject(trouble);
        await this.#runs.settle();
        wait = look * backOff;
        backOff = Math.min(mostBackOff, backOff * 1.5);
        hasAsked = true;
      }
      // Nothing else changes but the time.
      if (hasChanged || hasAsked) this.events.publish({ type: 'progress', snapshot: this.snapshot() });
      const end = this.#login.isOver && !this.#runs.isUnseen ? this.#runs.endOf(this.#login) : null;
      if (end) return end;
      const pause = Math.min(secondsBetweenFolds, look);
      wait -= pause;
      const { signal } = this.#detach;
      await sleep(1000 * pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return null;
    }
  }
}
