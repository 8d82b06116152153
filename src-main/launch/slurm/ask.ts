import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { WorkbenchError } from '../../foundation/errors.ts';
import { schedulerMissing, schedulerRefused, schedulerSilent } from '../errors.ts';

const run = promisify(execFile);

const mostBytes = 64 * 1024 * 1024;
const millisecondsToAnswer = 60_000;

/** What Slurm says when it cannot be reached, as opposed to when it refuses. */
const silence =
  /unable to contact|connection refused|communication|timed out|socket|munge|protocol authentication|controller|zero bytes|configuration source|cannot stat file/i;

/**
 * Calls a program of Slurm and returns what it prints.
 *
 * @throws WorkbenchError `scheduler-missing`, `scheduler-silent`, `scheduler-refused`
 */
export async function askSlurm(program: string, words: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(program, words, {
      env: withoutJob(process.env),
      encoding: 'utf8',
      maxBuffer: mostBytes,
      timeout: millisecondsToAnswer,
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw problemOf(program, {
      output: 'stderr' in error ? String(error.stderr).trim() : '',
      isMissing: 'code' in error && error.code === 'ENOENT',
      isSilent: 'killed' in error && error.killed === true,
      cause: error,
    });
  }
}

/** Why a program of Slurm has failed, by what it has printed. */
export function problemOf(
  program: string,
  found: { output: string; isMissing: boolean; isSilent: boolean; cause?: unknown },
): WorkbenchError {
  const { output, isMissing, isSilent, cause } = found;
  if (isMissing) return schedulerMissing(program);
  const report = isSilent || silence.test(output) ? schedulerSilent : schedulerRefused;
  return report(program, output, cause);
}

/**
 * The environment without what Slurm has set for a job in which the workbench itself may run: a job that is submitted from
 * there would inherit it, such as the few cores it is bound to. Nor with what the user has set for sbatch and squeue: it
 * would come before the options of the batch script (which takes from it what it may), and filter what squeue prints.
 */
export function withoutJob(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => name === 'SLURM_CONF' || !/^(SLURM|SLURMD|SBATCH|SQUEUE|PMI|PMIX)_/.test(name),
    ),
  );
}
