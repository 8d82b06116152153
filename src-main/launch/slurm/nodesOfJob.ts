import { execFileSync } from 'node:child_process';

/** The names of the nodes of the job in which this process runs, that of the batch script first. */
export function nodesOfJob({ SLURM_JOB_NODELIST = '' }: NodeJS.ProcessEnv): string[] {
  return ask('scontrol', 'show', 'hostnames', SLURM_JOB_NODELIST).split('\n').filter(Boolean);
}

/** How the nodes of a cluster reach one. */
export function addressOfNode(node: string): string {
  const description = ask('scontrol', 'show', 'node', '--oneliner', node);
  return /\bNodeAddr=(\S+)/.exec(description)?.[1] ?? node;
}

/** The words that start a program once on each of some nodes of the job, with its standard streams here. */
export function stepOn(nodes: readonly string[], threads: number): string[] {
  return [
    'srun',
    `--nodes=${nodes.length}`,
    `--ntasks=${nodes.length}`,
    '--ntasks-per-node=1',
    `--nodelist=${nodes.join(',')}`,
    `--cpus-per-task=${threads}`,
    // The job's memory and processors are for all of its steps together.
    '--overlap',
    '--mem=0',
    '--unbuffered',
    '--quiet',
  ];
}

function ask(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
