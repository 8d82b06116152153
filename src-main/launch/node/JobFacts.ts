import { execFileSync, spawnSync } from 'node:child_process';
import { nodesOfJob } from '../slurm/nodesOfJob.ts';

/** What the scheduler's environment says of the job. */
export interface JobFacts {
  job: string;
  node: string;
  /** Threads that it may use; null if the scheduler does not say. */
  threads: number | null;
  /** The nodes of the job by their names, this one first. */
  nodes: readonly string[];
  /** Whether the scheduler is about to end the job, as after scancel: its signal may still be on its way. */
  isEnding: () => boolean;
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
    isEnding: () => isEnding(job),
    giveBack: () => {
      execFileSync('scontrol', ['requeue', job], { stdio: 'pipe' });
    },
  };
}

/** By the scheduler's word. A signal that ends the question was for all processes of the job, this one among them. */
function isEnding(job: string): boolean {
  const words = ['--noheader', '--format=%T', `--jobs=${job}`];
  const { error, signal, stdout } = spawnSync('squeue', words, { encoding: 'utf8' });
  return error === undefined && (signal !== null || stdout.trim() === 'COMPLETING');
}
