import { durationText } from './durations.ts';
import { momentText } from './moments.ts';
import { reasonText } from './slurmReasons.ts';

/** How the job of a run is getting on, on a cluster. */
export interface JobStatus {
  cluster: string;
  /** `given back`: checkpointed before the time limit or for a job of higher priority, and waits to go on; `lost`: ended without a word, as with its node, and starts again. */
  state: 'waiting' | 'running' | 'given back' | 'lost' | 'held' | 'over';
  /** The scheduler's number of its newest job; null before it has one. */
  job: string | null;
  /** Counted from 1; 0 before the first. */
  attempt: number;
  node: string | null;
  /** The scheduler's word for why it waits. */
  reason: string | null;
  /** While it waits: when the scheduler expects to start it, if it says so. */
  startsAt: string | null;
  /** While it runs: when its time is over. */
  endsAt: string | null;
}

/**
 * `waits in test: Priority (others come first), start about 14:20`, `gpu07, attempt 2, time limit in 1 h 10 min`.
 *
 * @param now in milliseconds since 1970
 */
export function jobStatusText(jobStatus: JobStatus, now: number): string {
  const { cluster, state, attempt, node, reason, startsAt, endsAt } = jobStatus;
  const why = reason === null ? '' : `: ${reasonText(reason)}`;
  switch (state) {
    case 'running': {
      const limit =
        endsAt === null ? null : `time limit in ${durationText((Date.parse(endsAt) - now) / 1000)}`;
      return joined([node ?? cluster, attempt > 1 ? `attempt ${attempt}` : null, limit]);
    }
    case 'waiting':
      return joined([`waits in ${cluster}${why}`, startText(startsAt, now)]);
    case 'given back':
      return joined([`given back after attempt ${attempt}, goes on${why}`, startText(startsAt, now)]);
    case 'lost':
      return joined([`lost after attempt ${attempt}, starts again${why}`, startText(startsAt, now)]);
    case 'held':
      return 'held until submitted again';
    case 'over':
      return '';
  }
}

/** With the day if that is another one. */
function startText(startsAt: string | null, now: number): string | null {
  if (startsAt === null) return null;
  const time = new Date(startsAt);
  if (time.toDateString() !== new Date(now).toDateString()) return `start about ${momentText(startsAt)}`;
  return `start about ${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ');
}
