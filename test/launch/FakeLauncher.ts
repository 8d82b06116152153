import { appendFileSync } from 'node:fs';
import { schedulerSilent } from '../../src-main/launch/errors.ts';
import type { NodeNews } from '../../src-main/launch/events.ts';
import type { Job, Launcher, Work } from '../../src-main/launch/Launcher.ts';
import { JobFolder } from '../../src-main/launch/places.ts';
import type { RunLog } from '../../src-main/runs/RunLog.ts';

/** A scheduler that starts nothing: what becomes of its jobs, and what their nodes say, the test says. */
export class FakeLauncher implements Launcher {
  /** What it was given, in order: `B@256#1 after 1`. */
  readonly submitted: string[] = [];
  readonly held: string[] = [];
  isSilent = false;
  /** It takes what it is given, and its answer is lost. */
  losesAnswers = false;
  /** What it says to what it is given, instead of taking it. */
  refusal: Error | null = null;
  readonly #log: RunLog;
  readonly #jobs = new Map<string, Job & { key: string }>();

  constructor(log: RunLog) {
    this.#log = log;
  }

  submit(works: readonly Work[], taken: (run: string, job: string) => void): Promise<void> {
    if (this.refusal) return Promise.reject(this.refusal);
    const ids = new Map<string, string>();
    for (const { run, key, after, afterJob } of works) {
      const id = String(this.#jobs.size + 1);
      const source = (after === null ? undefined : ids.get(after)) ?? afterJob;
      ids.set(run, id);
      this.submitted.push(source === null ? key : `${key} after ${source}`);
      const times = { node: null, startsAt: null, endsAt: null };
      this.#jobs.set(id, { id, run, key, state: 'waiting', word: 'PENDING', reason: 'Priority', ...times });
      if (!this.losesAnswers) taken(run, id);
    }
    if (this.losesAnswers) return Promise.reject(schedulerSilent('sbatch', ''));
    return Promise.resolve();
  }

  look(): Promise<Job[]> {
    if (this.isSilent) return Promise.reject(schedulerSilent('squeue', 'Unable to contact slurm controller'));
    return Promise.resolve([...this.#jobs.values()].filter(({ word }) => word !== 'forgotten'));
  }

  end(jobs: readonly Job[]): Promise<void> {
    for (const { id } of jobs) this.change(id, { state: 'over', word: 'CANCELLED' });
    return Promise.resolve();
  }

  hold(jobs: readonly string[]): Promise<void> {
    this.held.push(...jobs);
    return Promise.resolve();
  }

  change(id: string, changes: Partial<Job>): void {
    const job = this.#jobs.get(id);
    if (!job) throw new Error(`no job ${id}`);
    this.#jobs.set(id, { ...job, ...changes });
  }

  word(id: string): string | undefined {
    return this.#jobs.get(id)?.word;
  }

  /** The job runs, and its node says this. */
  says(id: string, ...news: NodeNews[]): void {
    const job = this.#jobs.get(id);
    if (!job) throw new Error(`no job ${id}`);
    this.change(id, { state: 'running', word: 'RUNNING', reason: null, node: 'n1' });
    const owner = { pid: process.pid, host: 'n1', started: null };
    const attempt: NodeNews = { type: 'attempt', job: id, node: 'n1', owner };
    const lines = [attempt, ...news].map((one) =>
      JSON.stringify({ at: new Date().toISOString(), token: id, ...one }),
    );
    appendFileSync(new JobFolder(this.#log.home, job.run).events, `${lines.join('\n')}\n`);
  }
}
