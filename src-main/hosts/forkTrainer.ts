import { fork, type ChildProcess } from 'node:child_process';
import { childLink } from '../supervisor/childLink.ts';
import type { StartTrainer, TrainerLink } from '../supervisor/TrainerLink.ts';
import { trainerProgram } from '../supervisor/trainerProgram.ts';

/** Starts a trainer as a child process of Node. It never outlives this process: see its own `disconnect`. */
export function forkTrainer(threads: number | null = null, gpu?: number): TrainerLink {
  return forked(threads, gpu, false);
}

/** Set to `no`, trainings end with the program that started them, as where tests kill programs. */
export const keepTraining = 'VGG_KEEP_TRAINING';

/**
 * Starts a trainer whose training goes on if this process is killed or its terminal closes. Where this process exits by
 * itself, it still ends the trainer: whoever wants that has said so.
 */
export const forkLastingTrainer: StartTrainer = (threads, gpu) =>
  forked(threads, gpu, process.env[keepTraining] !== 'no');

function forked(threads: number | null, gpu: number | undefined, lasting: boolean): TrainerLink {
  const child = fork(trainerProgram.entry, [], {
    serialization: 'advanced',
    env: trainerProgram.environment(threads, gpu),
    // None of the parent's own flags, such as a debugger's port.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a session of its own, no signal of the terminal reaches it.
    detached: lasting,
    windowsHide: true,
  });
  return linkTo(child, lasting);
}

/** A trainer in a child process that has just been started, with pipes and a channel. It ends with this process. */
export function linkTo(child: ChildProcess, lasting: boolean): TrainerLink {
  const kill = () => {
    child.kill('SIGKILL');
  };
  return {
    lasting,
    ...childLink(child, kill),
    send(message) {
      // A process that has ended accepts no messages; its exit says why.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage(receive) {
      child.on('message', receive);
    },
    onOutput(receive) {
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', receive);
    },
    kill,
  };
}
