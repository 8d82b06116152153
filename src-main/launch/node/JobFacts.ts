import { execFileSync } from 'node:child_process';
import { nodesOfJob } from '../slurm/nodesOfJob.ts';

/** What the scheduler's environment says of the job. */
export interface JobFacts {
  job: string;
  node: string;
  /** Threads that it may use; null if the scheduler does not say. */
  threads: number | null;
  /** The nodes of the job by their names, this one first. */
  nodes: readonly string[];
  /** Gives the job back to the scheduler, with its number. @throws Error if the scheduler does not take it */
  giveBack: () => void;
}

export function slurmFacts(environment: NodeJS.ProcessEnv, hostname: string): JobFacts {
  const job = environment.SLURM_JOB_ID ?? 'none';
  const node = environment.SLURMD_NODENAME ?? hostname;
  return {
    job,
    node,
    threads: Number(environment.SLURM_CPUS_PER_TASK) || null,
    nodes: Number(environment.SLURM_JOB_NUM_NODES) > 1 ? nodesOfJob(environment) : [node],
    giveBack: () => {
      execFileSync('scontrol', ['requeue', job], { stdio: 'pipe' });
    },
  };
}
