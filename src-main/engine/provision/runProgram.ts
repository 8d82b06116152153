import { spawn } from 'node:child_process';
import { WorkbenchError } from '../../foundation/errors.ts';

/** How a program ended: what it printed (both streams, the last 100 lines), or that it is not installed. */
export type ProgramEnd = { outcome: 'succeeded' | 'failed'; lines: string[] } | { outcome: 'missing' };

const linesKept = 100;

/**
 * Runs a program to its end.
 *
 * @throws WorkbenchError `setup-interrupted` when the signal aborts; the program is ended too, with what it has started
 */
export function runProgram(
  command: string,
  parameters: readonly string[],
  {
    environment = process.env,
    signal,
  }: { environment?: NodeJS.ProcessEnv; signal?: AbortSignal | undefined } = {},
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(interrupted(signal.reason));
      return;
    }
    const child = spawn(command, parameters, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own can be ended as a whole: g++ leaves behind the compiler that it starts.
      detached: signal !== undefined,
    });
    const end = () => {
      endGroup(child.pid);
    };
    const stop = () => {
      end();
      reject(interrupted(signal?.reason));
    };
    signal?.addEventListener('abort', stop);
    if (signal) process.once('exit', end);
    let printed = '';
    const keep = (text: string) => {
      printed = (printed + text).split('\n').slice(-linesKept).join('\n');
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ outcome: 'missing' });
      else reject(error);
    });
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      process.removeListener('exit', end);
      const lines = printed.split('\n').filter((line) => line.trim() !== '');
      resolve({ outcome: code === 0 ? 'succeeded' : 'failed', lines });
    });
  });
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGTERM');
  } catch {
    // It has just ended.
  }
}

/** The error of a set-up that was stopped on request. */
export function interrupted(cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'setup-interrupted',
    'The set-up of TensorFlow was interrupted.',
    'Run the same command again: the set-up continues with what it has.',
    { kind: 'interrupted', cause },
  );
}
