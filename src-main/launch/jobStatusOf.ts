import type { JobStatus } from '../vocabulary/jobStatus.ts';
import type { Decision } from './decide.ts';
import type { NodeReport } from './events.ts';
import type { Job } from './Launcher.ts';

/** How the job of a run is getting on, for a person. */
export function jobStatusOf(
  cluster: string,
  {
    report,
    job,
    decision,
    isHeld,
  }: { report: NodeReport; job: Job | undefined; decision: Decision; isHeld: boolean },
): JobStatus {
  const { attempts, node } = report;
  return {
    cluster,
    state: stateOf(report, job, decision, isHeld),
    job: job?.id ?? report.job,
    attempt: attempts,
    node: job?.node ?? node,
    reason: job?.reason ?? null,
    startsAt: job?.startsAt ?? null,
    endsAt: job?.endsAt ?? null,
  };
}

function stateOf(
  { attempts, end }: NodeReport,
  job: Job | undefined,
  decision: Decision,
  isHeld: boolean,
): JobStatus['state'] {
  if (decision.do === 'end' || decision.do === 'block') return 'over';
  if (decision.do === 'submit') return decision.lost ? 'lost' : 'waiting';
  if (job?.state === 'running') return 'running';
  if (isHeld) return 'held';
  if (attempts === 0 || (end !== null && end.type !== 'interrupted')) return 'waiting';
  // One without a last word was killed, or its node is gone: the scheduler starts it again by itself.
  return end === null ? 'lost' : 'given back';
}
