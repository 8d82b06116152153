import { WorkbenchError } from '../../foundation/errors.ts';
import { runProgram } from './runProgram.ts';

/** The C++ compiler: `$CXX`, else g++. */
export function compilerCommand(): string {
  const named = process.env.CXX?.trim() ?? '';
  return named === '' ? 'g++' : named;
}

/** The compiler's own first line of `--version`, or undefined where there is none. */
export async function compilerVersion(): Promise<string | undefined> {
  return firstLine(compilerCommand(), ['--version']);
}

/** What `python3 -m pip --version` says, or which of the two is missing. */
export async function pipVersion(): Promise<{ version: string } | { missing: 'python3' | 'pip' }> {
  if ((await firstLine('python3', ['--version'])) === undefined) return { missing: 'python3' };
  const version = await firstLine('python3', ['-m', 'pip', '--version']);
  return version === undefined ? { missing: 'pip' } : { version };
}

/** @throws WorkbenchError `compiler-missing` */
export async function requireCompiler(): Promise<void> {
  if ((await compilerVersion()) === undefined) throw compilerMissing();
}

export function compilerMissing(): WorkbenchError {
  return new WorkbenchError(
    'compiler-missing',
    `No C++ compiler was found (${compilerCommand()}); the addon between Node and TensorFlow is compiled with it.`,
    'Install one (Debian, Ubuntu: apt install g++; Fedora: dnf install gcc-c++; macOS: xcode-select --install), ' +
      'or name one with CXX=<command>.',
    { kind: 'failure' },
  );
}

/** @throws WorkbenchError `python-missing`, `pip-missing` */
export async function requirePip(): Promise<void> {
  const pip = await pipVersion();
  if ('missing' in pip) throw pipMissing(pip.missing);
}

export function pipMissing(missing: 'python3' | 'pip'): WorkbenchError {
  return new WorkbenchError(
    missing === 'pip' ? 'pip-missing' : 'python-missing',
    missing === 'pip'
      ? 'python3 has no pip, which downloads the TensorFlow library.'
      : 'python3 was not found; its pip downloads the TensorFlow library.',
    'Install Python 3 with pip (Debian, Ubuntu: apt install python3-pip; Fedora: dnf install python3-pip; ' +
      'macOS: brew install python), or name a TensorFlow library that is already on this machine with ' +
      'VGG_TENSORFLOW=<folder>.',
    { kind: 'failure' },
  );
}

async function firstLine(command: string, parameters: string[]): Promise<string | undefined> {
  const end = await runProgram(command, parameters);
  return end.outcome === 'succeeded' ? (end.lines[0] ?? '') : undefined;
}
