import process from 'node:process';
import { vi } from 'vitest';
import { globalOptions } from '../../../src-main/hosts/cli/globalOptions.ts';
import { perform } from '../../../src-main/hosts/cli/perform.ts';
import { Session } from '../../../src-main/hosts/cli/Session.ts';
import type { StartTrainer } from '../../../src-main/supervisor/TrainerLink.ts';

interface Surroundings {
  folder: string;
  environment: NodeJS.ProcessEnv;
  startTrainer?: StartTrainer | undefined;
}

/**
 * Performs a command in this process, one at a time: what it writes, and its exit code. Everything behind the command is
 * real, trainers too, unless they are to work here as well; only the start of another Node is saved. What is about that
 * start, signals or events uses a process.
 */
export async function performHere({ folder, environment, startTrainer }: Surroundings, words: string[]) {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  const before = { folder: process.cwd(), environment: { ...process.env } };
  Object.assign(process.env, environment);
  process.chdir(folder);
  try {
    const session = new Session(globalOptions(words), startTrainer);
    return { code: await perform(session, words), signal: null, ...said };
  } finally {
    process.chdir(before.folder);
    restore(before.environment);
    for (const spy of spies) spy.mockRestore();
  }
}

function restore(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in environment)) Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, environment);
}
