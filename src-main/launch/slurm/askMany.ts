import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { quotedForShell } from '../../foundation/quotedForShell.ts';
import { problemOf, withoutJob } from './ask.ts';

/** The controller answers one after the other, so that more would only wait. */
const shellsAtOnce = 4;
const secondsToAnswer = 60;
/** What `timeout` says of a program that it has ended, and a shell of one that it does not find. */
const exits = { timedOut: 124, missing: 127 };

/**
 * Calls a program of Slurm many times, by a few shells: from a process as large as the workbench, starting a program takes
 * longer than Slurm does to answer it. After a failure nothing more is begun.
 *
 * @param answered is called with what it prints, which is one line, as soon as it has
 * @throws WorkbenchError `scheduler-missing`, `scheduler-silent`, `scheduler-refused`; other calls may have been answered
 */
export async function askMany(
  program: string,
  calls: readonly (readonly string[])[],
  answered: (call: number, line: string) => void,
): Promise<void> {
  const shells = Array.from({ length: Math.min(shellsAtOnce, calls.length) }, (_, shell) =>
    askInTurn(
      program,
      calls.map((words, call) => ({ words, call })).filter(({ call }) => call % shellsAtOnce === shell),
      answered,
    ),
  );
  const ends = await Promise.allSettled(shells);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

async function askInTurn(
  program: string,
  calls: readonly { words: readonly string[]; call: number }[],
  answered: (call: number, line: string) => void,
): Promise<void> {
  const script = calls.map(({ words, call }) => {
    const command = ['timeout', String(secondsToAnswer), program, ...words].map(quotedForShell).join(' ');
    return `line=$(${command} </dev/null) && echo "${call} $line" || exit\n`;
  });
  const shell = spawn('sh', { env: withoutJob(process.env) });
  const ended = once(shell, 'close');
  let output = '';
  shell.stderr.on('data', (part: Buffer) => (output += part.toString('utf8')));
  createInterface(shell.stdout).on('line', (line) => {
    const end = line.indexOf(' ');
    answered(Number(line.slice(0, end)), line.slice(end + 1));
  });
  // It has ended before it has read all.
  shell.stdin.on('error', () => undefined).end(script.join(''));
  await ended;
  const { exitCode } = shell;
  if (exitCode === 0) return;
  const isMissing = exitCode === exits.missing;
  throw problemOf(program, { output: output.trim(), isMissing, isSilent: exitCode === exits.timedOut });
}
