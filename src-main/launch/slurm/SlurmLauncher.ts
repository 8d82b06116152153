import { dirname } from 'node:path';
import type { Job, Launcher, Work } from '../Launcher.ts';
import { askSlurm } from './ask.ts';
import { askMany } from './askMany.ts';
import { commentOf, jobFormat, jobsIn } from './jobs.ts';

/** More numbers do not fit on a command line for certain. */
const mostAtOnce = 500;

/** Slurm, by its own programs and their plain text. It needs no accounting, and no rights but those to submit. */
export class SlurmLauncher implements Launcher {
  readonly #submission: string;

  /** @param submission the id that marks its jobs */
  constructor(submission: string) {
    this.#submission = submission;
  }

  async submit(works: readonly Work[], taken: (run: string, job: string) => void): Promise<void> {
    const jobs = new Map<string, string>();
    for (const level of levelsOf(works)) {
      const jobOf = ({ after, afterJob }: Work) => (after === null ? undefined : jobs.get(after)) ?? afterJob;
      const calls = level.map((work) => this.#wordsOf(work, jobOf(work)));
      await askMany('sbatch', calls, (call, line) => {
        const work = level[call];
        // `ID`, or `ID;CLUSTER`.
        const [job] = line.trim().split(';');
        if (!work || job === undefined) return;
        jobs.set(work.run, job);
        taken(work.run, job);
      });
    }
  }

  async look(): Promise<Job[]> {
    const output = await askSlurm('squeue', ['--noheader', '--me', '--states=all', `--format=${jobFormat}`]);
    return jobsIn(output, this.#submission);
  }

  async end(jobs: readonly Job[], how: 'checkpoint' | 'now'): Promise<void> {
    const left = jobs.filter(({ state }) => state !== 'over');
    const [running, waiting] = [left.filter(isRunning), left.filter((job) => !isRunning(job))];
    if (how === 'checkpoint') {
      await this.#each('scancel', ['--batch', '--signal=USR2'], running);
      await this.#each('scancel', [], waiting);
    } else await this.#each('scancel', [], left);
  }

  async hold(jobs: readonly string[], held: boolean): Promise<void> {
    for (const some of chunks(jobs)) await askSlurm('scontrol', [held ? 'hold' : 'release', some.join(',')]);
  }

  async #each(program: string, options: readonly string[], jobs: readonly Job[]): Promise<void> {
    for (const some of chunks(jobs.map(({ id }) => id))) await askSlurm(program, [...options, ...some]);
  }

  #wordsOf({ run, key, script, output }: Work, after: string | null): string[] {
    return [
      '--parsable',
      `--job-name=vgg ${key}`,
      `--comment=${commentOf(this.#submission, run)}`,
      `--chdir=${dirname(script)}`,
      // Slurm replaces what follows a single `%`.
      `--output=${output.replaceAll('%', '%%')}`,
      ...(after === null ? [] : [`--dependency=afterok:${after}`]),
      script,
    ];
  }
}

/** First the works that wait for none of the others, then those that wait only for the former, and so on. */
function levelsOf(works: readonly Work[]): Work[][] {
  const levels: Work[][] = [];
  const levelOf = new Map<string, number>();
  for (const work of works) {
    const source = work.after === null ? undefined : levelOf.get(work.after);
    const level = source === undefined ? 0 : source + 1;
    levelOf.set(work.run, level);
    (levels[level] ??= []).push(work);
  }
  return levels;
}

function chunks(jobs: readonly string[]): string[][] {
  const count = Math.ceil(jobs.length / mostAtOnce);
  return Array.from({ length: count }, (_, index) =>
    jobs.slice(index * mostAtOnce, (index + 1) * mostAtOnce),
  );
}

function isRunning({ state }: Job): boolean {
  return state === 'running';
}
