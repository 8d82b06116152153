import type { RunLog } from '../runs/RunLog.ts';
import type { JobStatus } from '../vocabulary/jobStatus.ts';
import type { NodeReport } from './events.ts';
import { fold, type Found } from './fold.ts';
import { RunFiles } from './RunFiles.ts';
import type { GivenRun, SavedSubmission } from './SubmissionFile.ts';

/** One run, as far as its files were seen. */
interface Seen {
  files: RunFiles;
  /** Whether all was seen that its node says is there. */
  isWhole: boolean;
  /** Whether its newest attempt was known to be gone. */
  isLost: boolean;
}

/**
 * Looks at submissions to which this process is not attached: what their nodes have left goes into the log, so that runs
 * show as what they are. Only files are read. The scheduler is not asked, and nothing is done about what they say.
 */
export class UnattachedRuns {
  readonly #log: RunLog;
  readonly #seen = new Map<string, Seen>();

  constructor(log: RunLog) {
    this.#log = log;
  }

  async update({ runs, settings: { patience } }: SavedSubmission): Promise<void> {
    const found: Found[] = [];
    const living: string[] = [];
    for (const given of runs) {
      if (!this.#log.runs.has(given.run)) continue;
      const seen = this.#filesOf(given.run);
      const { events, metrics } = seen.files.look();
      const { report, changedAt } = seen.files;
      if (this.#isKnown(given.run, report)) continue;
      const isLost = this.#isLost(given, report);
      if (events || !seen.isWhole || isLost !== seen.isLost) found.push({ run: given.run, report, isLost });
      else if (metrics) await this.#log.readMetrics(given.run);
      seen.isLost = isLost;
      // Without an end it goes on, as far as is known here, unless it has been silent for long.
      const isSilent = Date.now() - changedAt > 1000 * patience;
      if (report.attempts > 0 && report.end === null && !isLost && !isSilent) living.push(given.run);
    }
    const unseen = await fold(this.#log, found);
    for (const { run } of found) this.#filesOf(run).isWhole = !unseen.has(run);
    for (const run of living) this.#log.runs.heartbeat(run);
  }

  /** The job of each run that is not over, by run. */
  jobStatuses({ cluster, held, runs }: SavedSubmission): Map<string, JobStatus> {
    return new Map(
      runs.flatMap((given) => {
        const { report } = this.#filesOf(given.run).files;
        const state = stateOf(given, report, held !== null);
        if (state === null) return [];
        const { attempts: attempt, node } = report;
        const unknown = { reason: null, startsAt: null, endsAt: null };
        return [[given.run, { cluster, state, job: given.job, attempt, node, ...unknown }]];
      }),
    );
  }

  #filesOf(run: string): Seen {
    const known = this.#seen.get(run);
    if (known) return known;
    const seen = {
      files: new RunFiles(this.#log.home, this.#log.folder(run), run),
      isWhole: true,
      isLost: false,
    };
    this.#seen.set(run, seen);
    return seen;
  }

  /** Whether its end is in the log. */
  #isKnown(run: string, { end }: NodeReport): boolean {
    return end?.type === 'finished' && this.#log.runs.indexed(run).status === 'finished';
  }

  /** Whether its newest attempt is known to be gone: it was given up, or has another job. */
  #isLost(given: GivenRun, report: NodeReport): boolean {
    const { status, error } = this.#log.runs.get(given.run);
    return (status === 'failed' && error?.code === 'job-lost') || isOfEarlierJob(given, report);
  }
}

function isOfEarlierJob(given: GivenRun, { job }: NodeReport): boolean {
  return given.job !== null && job !== given.job;
}

/** @returns null for a run that is over */
function stateOf(given: GivenRun, report: NodeReport, isHeld: boolean): JobStatus['state'] | null {
  const { attempts, end } = report;
  if (end?.type === 'finished') return null;
  if (attempts > 0 && !isOfEarlierJob(given, report)) {
    if (end === null) return 'running';
    if (end.type === 'failed' || (end.type === 'interrupted' && !end.again)) return null;
    return 'given back';
  }
  return isHeld ? 'held' : 'waiting';
}
