import { spawn } from 'node:child_process';
import { WorkbenchError } from '../../foundation/errors.ts';

/** How a program ended: what it printed (both streams, the last 100 lines), or that it is not installed. */
export type ProgramEnd = { outcome: 'succeeded' | 'failed'; lines: string[] } | { outcome: 'missing' };

const linesKept = 100;

/**
 * Runs a program to its end.
 *
 * @throws WorkbenchError `setup-interrupted` when the signal aborts; the program is ended too
 */
export function runProgram(
  command: string,
  parameters: readonly string[],
  options: { environment?: NodeJS.ProcessEnv; signal?: AbortSignal | undefined } = {},
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      env: options.environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.signal && { signal: options.signal }),
    });
    let printed = '';
    const keep = (text: string) => {
      printed = (printed + text).split('\n').slice(-linesKept).join('\n');
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ outcome: 'missing' });
      else reject(error.name === 'AbortError' ? interrupted(error) : error);
    });
    child.on('close', (code) => {
      const lines = printed.split('\n').filter((line) => line.trim() !== '');
      resolve({ outcome: code === 0 ? 'succeeded' : 'failed', lines });
    });
  });
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
