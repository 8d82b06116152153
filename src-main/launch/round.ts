import { everyonesErrors } from '../foundation/everyonesErrors.ts';
import { decide, type Decision, type Limits, type SourceState } from './decide.ts';
import type { NodeReport } from './events.ts';
import type { Job } from './Launcher.ts';
import type { GivenRun, SavedSubmission } from './SubmissionFile.ts';

/** What is seen of a submission at one moment. */
export interface Seen {
  report: (run: string) => NodeReport;
  /** What the scheduler says. */
  jobs: readonly Job[];
  /** Seconds since anything of a run has changed. */
  silent: (given: GivenRun) => number;
}

/** What is to be done about all runs of a submission. */
export interface Round {
  decisions: ReadonlyMap<string, Decision>;
  /** The newest job of each run, where the scheduler knows it. */
  jobs: ReadonlyMap<string, Job>;
  /** Jobs to be taken back: in vain, or of a run that has another. */
  cancel: readonly Job[];
  /** Runs to be submitted, each after the one it starts from. */
  submit: readonly GivenRun[];
}

/** Decides about each run, those that others start from first. */
export function planRound({ runs, stopped }: SavedSubmission, seen: Seen, limits: Limits): Round {
  const decisions = new Map<string, Decision>();
  const newest = new Map<string, Job>();
  const states = new Map<string, SourceState>();
  const cancel: Job[] = [];
  const submit: GivenRun[] = [];
  const ofRun = Map.groupBy(seen.jobs, ({ run }) => run);
  for (const saved of runs) {
    const own = ofRun.get(saved.run) ?? [];
    // A job of which the answer was lost is known by its mark.
    const given = { ...saved, job: saved.job ?? own.findLast(({ state }) => state !== 'over')?.id ?? null };
    const job = own.find(({ id }) => id === given.job);
    if (job) newest.set(given.run, job);
    cancel.push(...own.filter(({ id, state }) => state !== 'over' && id !== given.job));
    const decision = decide(
      {
        given,
        report: seen.report(given.run),
        job: job ?? 'unknown',
        source: given.after === null ? 'none' : (states.get(given.after) ?? 'none'),
        silent: seen.silent(given),
        stopped,
      },
      limits,
    );
    decisions.set(given.run, decision);
    states.set(given.run, stateAfter(decision, job, stopped));
    if ((decision.do === 'submit' || decision.do === 'block') && decision.cancel)
      cancel.push(decision.cancel);
    if (decision.do === 'submit') submit.push(given);
  }
  return { decisions, jobs: newest, cancel, submit };
}

/** The submission with the jobs that were found by their marks. */
export function withFoundJobs(submission: SavedSubmission, { jobs }: Round): SavedSubmission {
  return {
    ...submission,
    runs: submission.runs.map((given) => ({ ...given, job: given.job ?? jobs.get(given.run)?.id ?? null })),
  };
}

function stateAfter(decision: Decision, job: Job | undefined, stopped: boolean): SourceState {
  switch (decision.do) {
    case 'submit':
      return 'under way';
    case 'wait':
      return job && job.state !== 'over' ? 'under way' : 'to come';
    case 'block':
      return 'given up';
    case 'end':
      if (decision.status === 'finished') return 'finished';
      // Whoever has taken all of it back may submit it again.
      if (stopped && decision.status === 'interrupted') return 'to come';
      // What the disk is to blame for is tried again when there is space.
      return decision.error && everyonesErrors.has(decision.error.code) ? 'to come' : 'given up';
  }
}
