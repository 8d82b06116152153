import type { RunLog } from '../runs/RunLog.ts';
import type { JobStatus } from '../vocabulary/jobStatus.ts';
import type { Decision } from './decide.ts';
import { notOnCluster } from './errors.ts';
import { readReport, type NodeReport } from './events.ts';
import { JobFolder } from './places.ts';
import { planRound } from './round.ts';
import { SlurmLauncher } from './slurm/SlurmLauncher.ts';
import { jobStatusOf } from './jobStatusOf.ts';
import { readSubmission, type SavedSubmission } from './SubmissionFile.ts';

/** A run of a submission, as the scheduler and its node's events have it now. */
export interface ClusterJob {
  key: string;
  run: string;
  jobStatus: JobStatus;
  /** How its newest attempt ended, in a word; null while it goes on. */
  end: string | null;
}

/** Looks at a submission without doing anything about it. @throws WorkbenchError `not-on-cluster`, `scheduler-silent` */
export async function jobsOf({ home }: RunLog, id: string): Promise<ClusterJob[]> {
  const saved = readSubmission(home, id);
  if (!saved) throw notOnCluster(id);
  const reports = new Map(saved.runs.map(({ run }) => [run, readReport(new JobFolder(home, run).events)]));
  const reportOf = (run: string): NodeReport => reports.get(run) ?? readReport('');
  const jobs = await new SlurmLauncher(id).look();
  const round = planRound(saved, { report: reportOf, jobs, silent: () => 0 }, saved.settings);
  return saved.runs.map(({ key, run }) => {
    const report = reportOf(run);
    const decision = round.decisions.get(run) ?? { do: 'wait' };
    const job = round.jobs.get(run);
    return {
      key,
      run,
      jobStatus: jobStatusOf(saved.cluster, { report, job, decision, isHeld: saved.held !== null }),
      end: endOf(report, decision, saved),
    };
  });
}

function endOf({ end }: NodeReport, decision: Decision, { stopped }: SavedSubmission): string | null {
  if (end) return end.type;
  if (decision.do === 'block') return 'blocked';
  return stopped && decision.do === 'end' ? 'taken back' : null;
}
