import { execFileSync } from 'node:child_process';

/** What the scheduler's environment says of the job. */
export interface JobFacts {
  job: string;
  node: string;
  /** Threads that it may use; null if the scheduler does not say. */
  threads: number | null;
  /** Gives the job back to the scheduler, with its number. @throws Error if the scheduler does not take it */
  giveBack: () => void;
}

export function slurmFacts(environment: NodeJS.ProcessEnv, hostname: string): JobFacts {
  const job = environment.SLURM_JOB_ID ?? 'none';
  return {
    job,
    node: environment.SLURMD_NODENAME ?? hostname,
    threads: Number(environment.SLURM_CPUS_PER_TASK) || null,
    giveBack: () => {
      execFileSync('scontrol', ['requeue', job], { stdio: 'pipe' });
    },
  };
}
