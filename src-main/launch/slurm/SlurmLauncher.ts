import { dirname } from 'node:path';
import type { Job, Launcher, Work } from '../Launcher.ts';
import { askSlurm } from './ask.ts';
import { commentOf, jobFormat, jobsIn } from './jobs.ts';

/** Calls of sbatch at once. */
const atOnce = 4;
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
    const jobs = new Map<string, Promise<string>>();
    const places = Array.from({ length: atOnce }, () => Promise.resolve());
    for (const [index, work] of works.entries()) {
      // A work stands after the one it waits for, so what is awaited here has begun already.
      const source = work.after === null ? undefined : jobs.get(work.after);
      const place = index % atOnce;
      const job = (async () => {
        await places[place];
        const id = await this.#submitOne(work, (await source) ?? work.afterJob);
        taken(work.run, id);
        return id;
      })();
      jobs.set(work.run, job);
      places[place] = job.then(
        () => undefined,
        () => undefined,
      );
    }
    const ends = await Promise.allSettled(jobs.values());
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
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

  async #submitOne({ run, key, script, output }: Work, after: string | null): Promise<string> {
    const printed = await askSlurm('sbatch', [
      '--parsable',
      `--job-name=vgg ${key}`,
      `--comment=${commentOf(this.#submission, run)}`,
      `--chdir=${dirname(script)}`,
      // Slurm replaces what follows a single `%`.
      `--output=${output.replaceAll('%', '%%')}`,
      ...(after === null ? [] : [`--dependency=afterok:${after}`]),
      script,
    ]);
    // `ID`, or `ID;CLUSTER`.
    return printed.trim().split(';')[0] ?? '';
  }
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
