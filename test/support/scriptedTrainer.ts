import { RunFolder } from '../../src-main/runs/folder/RunFolder.ts';
import type { ErrorReport } from '../../src-main/foundation/errors.ts';
import type { StartTrainer, TrainerExit } from '../../src-main/supervisor/TrainerLink.ts';
import type { FromTrainer, ToTrainer } from '../../src-main/trainer/protocol.ts';
import { asTrained } from './asTrained.ts';

/** What a trainer answers to a message, after which it ends; nothing where it goes on. */
type Script = (message: ToTrainer) => FromTrainer | undefined | Promise<FromTrainer>;

/** A trainer that is no process, for what happens around trainings. */
export function scriptedTrainer(script: Script): StartTrainer {
  return () => {
    let tell: (message: unknown) => void = () => undefined;
    let exit: (end: TrainerExit) => void = () => undefined;
    return {
      onStart: (receive) => {
        receive(process.pid);
      },
      send: (message) => {
        const answer = script(message);
        if (answer === undefined) return;
        void Promise.resolve(answer).then((given) => {
          tell(given);
          exit({ code: 0, signal: null });
        });
      },
      onMessage: (receive) => {
        tell = receive;
      },
      onOutput: () => undefined,
      onExit: (receive) => {
        exit = receive;
      },
      kill: () => undefined,
    };
  };
}

/** Has trained its run as soon as it is started. */
export const readyTrainer = scriptedTrainer((message) => {
  if (message.type !== 'start') return undefined;
  if (message.job.task === 'train') asTrained(new RunFolder(message.job.runFolder), message.job);
  return { type: 'done', status: 'finished' };
});

/** Goes on until it is stopped. */
export const endlessTrainer = scriptedTrainer(({ type }) =>
  type === 'stop' ? { type: 'done', status: 'interrupted' } : undefined,
);

/** Fails at once, or when something has happened. */
export function failingTrainer(error: ErrorReport, after?: Promise<unknown>): StartTrainer {
  const failed = { type: 'failed', error } as const;
  return scriptedTrainer(({ type }) => {
    if (type !== 'start') return undefined;
    return after ? after.then(() => failed) : failed;
  });
}

/** Trainers that are started one after the other, and no others. */
export function inTurn(...starts: readonly StartTrainer[]): StartTrainer {
  const left = [...starts];
  return (...parameters) => {
    const start = left.shift();
    if (!start) throw new Error(`There are only ${starts.length} trainers.`);
    return start(...parameters);
  };
}
