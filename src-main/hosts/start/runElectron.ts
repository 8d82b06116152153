import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectFolder } from '../../foundation/project.ts';
import type { Refusal } from './electronProgram.ts';

/** An app that fails sooner never opened its window: a system library is missing, or its sandbox is forbidden. */
const millisecondsToOpen = 5000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the desktop app until it ends. */
export async function runElectron(binary: string, home: string): Promise<{ code: number } | Refusal> {
  const began = performance.now();
  const child = spawn(binary, [projectFolder, '--home', home], { stdio: 'inherit' });
  const passed: string[] = [];
  const pass = (signal: NodeJS.Signals) => {
    passed.push(signal);
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    const failedAtOnce = code !== 0 && passed.length === 0 && performance.now() - began < millisecondsToOpen;
    return failedAtOnce
      ? { reason: `Electron ended at once (${signal ?? `exit code ${code ?? 'unknown'}`}).` }
      : { code: code ?? 1 };
  } catch (error) {
    return {
      reason: `Electron could not be started: ${error instanceof Error ? error.message : String(error)}.`,
    };
  } finally {
    for (const signal of signals) process.removeListener(signal, pass);
  }
}
