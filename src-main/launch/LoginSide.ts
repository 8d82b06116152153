import { existsSync } from 'node:fs';
import { everyonesErrors } from '../foundation/everyonesErrors.ts';
import { reportError, WorkbenchError, type ErrorReport } from '../foundation/errors.ts';
import { writeFileAtomically } from '../foundation/files.ts';
import { bestEffort } from '../supervisor/bestEffort.ts';
import { notOnCluster } from './errors.ts';
import type { AttachedRuns } from './AttachedRuns.ts';
import type { Job, Work } from './Launcher.ts';
import { JobFolder } from './places.ts';
import { planRound, withFoundJobs, type Round } from './round.ts';
import type { ClusterServices } from './services.ts';
import {
  readSubmission,
  withSubmissionLock,
  writeSubmission,
  type GivenRun,
  type SavedSubmission,
} from './SubmissionFile.ts';

/**
 * What the login side does at the scheduler about one submission. Under a lock, since a window and a command may both be
 * attached: what to do is decided from the file, and written there before the lock is given up.
 */
export class LoginSide {
  /** What a person should know: that the scheduler does not answer, or refuses something. */
  note: string | null = null;
  /** Whether nothing is under way or to come. */
  isOver = false;
  /** Why waiting jobs are held, if they are. */
  held: ErrorReport | null = null;
  isStopped = false;
  readonly #services: ClusterServices;
  readonly #id: string;
  readonly #runs: AttachedRuns;

  constructor(services: ClusterServices, id: string, runs: AttachedRuns) {
    this.#services = services;
    this.#id = id;
    this.#runs = runs;
  }

  /**
   * Looks at the scheduler and does what is to be done. That it does not answer changes nothing but the note.
   *
   * @returns the error of which a note was taken; null if all was done
   */
  async advance(): Promise<unknown> {
    try {
      await this.#locked((saved) => this.#advance(saved));
      this.note = null;
      return null;
    } catch (error) {
      const { code, message } = reportError(error);
      if (await this.#givesUp(code).catch(() => false)) throw error;
      // As where the data folder is looked at from a machine without Slurm.
      if (code === 'scheduler-silent' || code === 'scheduler-missing')
        this.note = `${message} (${new Date().toTimeString().slice(0, 8)})`;
      else if (code === 'scheduler-refused' && this.#runs.isUnderWay) this.note = message;
      else throw error;
      return error;
    }
  }

  /**
   * A submission of which the scheduler has taken nothing is none. That must be certain: it may have taken a job and its
   * answer was lost, and the run would then be trained there and here.
   *
   * @returns whether it is so
   */
  async #givesUp(code: string): Promise<boolean> {
    const { log, launcher } = this.#services;
    let isNone = false;
    await this.#locked(async (saved) => {
      if (saved.over || saved.runs.some(({ job }) => job !== null)) return;
      if (saved.runs.some(({ submittedAt }) => submittedAt !== null)) {
        if (code !== 'scheduler-refused' && code !== 'scheduler-missing') return;
        if ((await launcher.look()).some(({ state }) => state !== 'over')) return;
      }
      writeSubmission(log.home, { ...saved, over: true });
      isNone = true;
    });
    return isNone;
  }

  async end(how: 'checkpoint' | 'now'): Promise<void> {
    await this.#locked(async (saved) => {
      const { log, launcher } = this.#services;
      writeSubmission(log.home, { ...saved, stopped: true });
      for (const { run } of saved.runs) writeFileAtomically(new JobFolder(log.home, run).stop, '');
      await launcher.end(await launcher.look(), how);
    });
  }

  async #locked(work: (saved: SavedSubmission) => Promise<void>): Promise<void> {
    const { home } = this.#services.log;
    await withSubmissionLock(home, this.#id, async () => {
      const saved = readSubmission(home, this.#id);
      if (!saved) throw notOnCluster(this.#id);
      await work(saved);
    });
  }

  async #advance(saved: SavedSubmission): Promise<void> {
    const { log, launcher, cluster } = this.#services;
    this.#runs.include(saved.runs);
    if (saved.over) {
      this.#endAsSaved(saved);
      return;
    }
    const round = planRound(saved, this.#runs.seen(await launcher.look()), cluster);
    this.#runs.note(saved, round);
    let current = withFoundJobs(saved, round);
    const put = (changes: Partial<SavedSubmission>) => {
      current = { ...current, ...changes };
      writeSubmission(log.home, current);
    };
    if (saved.runs.some(({ job }, index) => job !== current.runs[index]?.job)) put({});
    if (round.cancel.length > 0) await launcher.end(round.cancel, 'now');
    const everyones = errorOfEveryone(round);
    if (everyones && current.held === null) {
      await launcher.hold(
        [...round.jobs.values()].filter(({ state }) => state === 'waiting').map(({ id }) => id),
        true,
      );
      put({ held: everyones.message });
    }
    if (current.held === null) await this.#submit(round, current, put);
    this.held = current.held === null ? null : everyones;
    this.isStopped = current.stopped;
    const isOver = [...round.decisions.values()].every((decision) => ['end', 'block'].includes(decision.do));
    if (isOver && !current.over) put({ over: true });
    this.isOver = isOver || (this.held !== null && !isAnyRunning(round));
  }

  /** Another process has seen the end, and written it into the log. */
  #endAsSaved(saved: SavedSubmission): void {
    const round = planRound({ ...saved, stopped: true }, this.#runs.seen([]), this.#services.cluster);
    this.#runs.note(saved, round);
    this.#runs.noteFailure();
    this.isStopped = saved.stopped;
    this.isOver = true;
  }

  async #submit(
    { submit, decisions }: Round,
    current: SavedSubmission,
    put: (changes: Partial<SavedSubmission>) => void,
  ): Promise<void> {
    if (submit.length === 0) return;
    const { log, launcher } = this.#services;
    const runs = new Map(current.runs.map((given) => [given.run, given]));
    const works = submit.map((given) => workOf(log.home, given, runs));
    const submittedAt = new Date().toISOString();
    const asked = new Set(submit.map(({ run }) => run));
    // Before it is asked: its answer may be lost, or this process end.
    for (const given of current.runs)
      if (asked.has(given.run)) runs.set(given.run, { ...given, submittedAt });
    put({ runs: [...runs.values()] });
    try {
      await launcher.submit(works, (run, job) => {
        const given = runs.get(run);
        if (!given) return;
        const decision = decisions.get(run);
        const { gains } = this.#runs.reportOf(run);
        const lost =
          decision?.do === 'submit' && decision.lost
            ? gains > given.gains
              ? 1
              : given.lost + 1
            : given.lost;
        runs.set(run, { ...given, job, lost, gains });
        bestEffort(() => {
          this.#runs.noteTaken(run);
        });
      });
    } finally {
      put({ runs: [...runs.values()] });
    }
  }
}

function workOf(home: string, { run, key, after }: GivenRun, runs: ReadonlyMap<string, GivenRun>): Work {
  const { script, output } = new JobFolder(home, run);
  if (!existsSync(script)) {
    throw new WorkbenchError('folder-missing', `${script} is gone.`, 'Submit the study anew with --on NAME.');
  }
  return {
    run,
    key,
    script,
    output,
    after,
    afterJob: after === null ? null : (runs.get(after)?.job ?? null),
  };
}

/** An error of one run that the others would meet too, such as a full disk. */
function errorOfEveryone({ decisions }: Round): ErrorReport | null {
  for (const decision of decisions.values()) {
    if (decision.do === 'end' && decision.error && everyonesErrors.has(decision.error.code))
      return decision.error;
  }
  return null;
}

function isAnyRunning({ jobs }: Round): boolean {
  return [...jobs.values()].some(({ state }: Job) => state === 'running');
}
