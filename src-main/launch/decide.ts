import type { ErrorReport } from '../foundation/errors.ts';
import type { RunStatus } from '../runs/records.ts';
import { jobLost } from './errors.ts';
import type { NodeReport } from './events.ts';
import type { Job } from './Launcher.ts';
import type { GivenRun } from './SubmissionFile.ts';

/**
 * How the run is that another one starts from; `under way` if it has a job that may end well, `to come` if it is to get
 * another one.
 */
export type SourceState = 'none' | 'finished' | 'under way' | 'to come' | 'given up';

/** All that is known of a run that was given to a cluster. */
export interface KnownOfRun {
  given: GivenRun;
  report: NodeReport;
  /** Its newest job; `unknown` if the scheduler answers and does not know it. */
  job: Job | 'unknown';
  source: SourceState;
  /** Seconds since its events last changed, or since it was submitted if that was later. */
  silent: number;
  stopped: boolean;
}

export interface Limits {
  patience: number;
  settle: number;
}

export type Decision =
  | { do: 'wait' }
  /** `lost`: the job is gone without a word, as opposed to one that asked for it. */
  | { do: 'submit'; lost: boolean; cancel: Job | null }
  | {
      do: 'end';
      status: Extract<RunStatus, 'finished' | 'failed' | 'interrupted'>;
      error: ErrorReport | null;
    }
  /** What it starts from is not going to come. */
  | { do: 'block'; cancel: Job | null };

const mostLost = 3;
const wait = { do: 'wait' } as const;

/**
 * What the login side does next about a run. The events of the node are the truth. What the scheduler says only shows
 * whether more is to be expected; that it does not answer, or has forgotten a job, proves nothing by itself.
 */
export function decide(known: KnownOfRun, limits: Limits): Decision {
  const decision = decideAlone(known, limits);
  // Without a job of its source, the scheduler would have nothing to wait for.
  return decision.do === 'submit' && known.source === 'to come' ? wait : decision;
}

function decideAlone(known: KnownOfRun, limits: Limits): Decision {
  const { given, report, job, source, stopped } = known;
  if (report.end?.type === 'finished') return { do: 'end', status: 'finished', error: null };
  // What an earlier job said is answered by the one submitted since.
  const end = report.job === given.job ? report.end : null;
  if (end?.type === 'failed') return { do: 'end', status: 'failed', error: end.error };
  const live = typeof job === 'object' && job.state !== 'over' ? job : null;
  if (source === 'given up' && report.gains === 0) return { do: 'block', cancel: live };
  if (live) return stopped ? wait : aboutLive(live);
  if (stopped) return { do: 'end', status: 'interrupted', error: null };
  if (given.job === null) return { do: 'submit', lost: false, cancel: null };
  if (end?.type === 'interrupted' && end.again && !end.requeued)
    return { do: 'submit', lost: false, cancel: null };
  if (end?.type === 'source-unfinished') return { do: 'submit', lost: false, cancel: null };
  return aboutGone(known, job, limits);
}

function aboutLive(job: Job): Decision {
  const reason = job.reason ?? '';
  // The job it waits for did not end well; its source has another one by now, or gets it.
  const isStranded = reason === 'DependencyNeverSatisfied';
  const isBroken = /launch failed/i.test(reason);
  const isInVain = job.state === 'waiting' && (isStranded || isBroken);
  return isInVain ? { do: 'submit', lost: isBroken, cancel: job } : wait;
}

/** Of a job that is over or forgotten, without a last word of the node that settles it. */
function aboutGone({ given, report, silent }: KnownOfRun, job: Job | 'unknown', limits: Limits): Decision {
  if (job === 'unknown') {
    if (silent < limits.patience) return wait;
  } else {
    // A file may be seen late.
    if (silent < limits.settle) return wait;
    if (job.word === 'CANCELLED') return { do: 'end', status: 'interrupted', error: null };
    if (job.word === 'OUT_OF_MEMORY') return { do: 'end', status: 'failed', error: jobLost(1, job.word) };
  }
  const lost = report.gains > given.gains ? 1 : given.lost + 1;
  if (lost >= mostLost)
    return {
      do: 'end',
      status: 'failed',
      error: jobLost(lost, job === 'unknown' ? null : job.word),
    };
  return { do: 'submit', lost: true, cancel: null };
}
