import { WorkbenchError, type ErrorReport } from '../foundation/errors.ts';

/** What a program of Slurm says, in one line, without its name before each. */
function plainly(program: string, output: string): string {
  const lines = output.split('\n').map((line) =>
    line
      .replace(`${program}: `, '')
      .replace(/^error: /, '')
      .trim(),
  );
  return lines.filter(Boolean).join('; ');
}

export function schedulerSilent(program: string, output: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'scheduler-silent',
    `${program} does not answer${output === '' ? '.' : `: ${plainly(program, output)}`}`,
    'What was submitted goes on. Attach again later.',
    { kind: 'failure', cause },
  );
}

export function schedulerRefused(program: string, output: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'scheduler-refused',
    `${program} refuses: ${plainly(program, output)}`,
    'Change the cluster in clusters.yaml (docs/cluster.md has its keys), or the options of the command.',
    { cause },
  );
}

export function schedulerMissing(program: string): WorkbenchError {
  return new WorkbenchError(
    'scheduler-missing',
    `There is no program ${program} here.`,
    'Log in where jobs are submitted, and start the workbench there.',
  );
}

export function checkInterrupted(): WorkbenchError {
  return new WorkbenchError(
    'check-interrupted',
    'The check of the cluster was stopped.',
    'Its probe job was taken back; check again at any time.',
    { kind: 'interrupted' },
  );
}

/** @param submitted the study or run that holds it there */
export function onCluster(what: string, cluster: string, submitted: string): WorkbenchError {
  return new WorkbenchError(
    'on-cluster',
    `${what} is on the cluster ${cluster}.`,
    `Wait until it has ended, or take it back with npm run -s vgg -- cluster cancel ${submitted}.`,
  );
}

export function notOnCluster(id: string): WorkbenchError {
  return new WorkbenchError(
    'not-on-cluster',
    `${id} is on no cluster.`,
    'It has ended there, or never was. Submit it with --on NAME.',
  );
}

export function resultsUnseen(folder: string): WorkbenchError {
  return new WorkbenchError(
    'results-unseen',
    `The node has finished the run, but its metrics or evaluations in ${folder} are not all to be seen here.`,
    'If the file system shows them later, attach again: they are then taken in.',
    { kind: 'failure' },
  );
}

export function noProgress(attempts: number): WorkbenchError {
  return new WorkbenchError(
    'no-progress',
    `${attempts} attempts in a row ended before they had written a checkpoint.`,
    'Give it more time with --time, a longer lead in clusters.yaml, or a smaller training.checkpointSeconds.',
    { kind: 'failure' },
  );
}

export function sourceChanged(source: string): WorkbenchError {
  return new WorkbenchError(
    'source-changed',
    `The weights of run ${source}, from which this one starts, are no longer those of its submission.`,
    'Submit the study anew, so that all of its runs start from the same weights.',
  );
}

export function engineMissingOn(node: string): WorkbenchError {
  return new WorkbenchError(
    'engine-missing',
    `TensorFlow is not set up where ${node} looks for it.`,
    'Run npm run -s vgg -- setup where it writes to a folder that the nodes see, with $VGG_CACHE if need be.',
    { kind: 'failure' },
  );
}

/** @param word the scheduler's state of its last job; null if it knew nothing of it any more */
export function jobLost(times: number, word: string | null): ErrorReport {
  return {
    code: word === 'OUT_OF_MEMORY' ? 'out-of-memory' : 'job-lost',
    message:
      word === 'OUT_OF_MEMORY'
        ? 'The job needed more memory than it had asked for.'
        : `Its job was lost ${times} times without a checkpoint in between${word === null ? '' : ` (at last ${word})`}.`,
    nextStep:
      word === 'OUT_OF_MEMORY'
        ? 'Give it more memory in clusters.yaml, or make training.microBatch smaller, and submit it again.'
        : 'See its slurm.log in the folder cluster/runs of the data folder, then submit it again.',
    kind: 'failure',
  };
}
