import { mkdirSync, writeFileSync } from 'node:fs';
import { RunFolder } from '../../src-main/runs/folder/RunFolder.ts';
import type { TrainerLink } from '../../src-main/supervisor/TrainerLink.ts';
import { toTrainerSchema, type FromTrainer, type TrainJob } from '../../src-main/trainer/protocol.ts';
import { eventually } from '../support/eventually.ts';

interface FakeTrainer {
  job: TrainJob;
  threads: number | null;
  send: (message: FromTrainer) => void;
  exit: () => void;
}

/** Trainers that train nothing: each does with its run what the test says. */
export class FakeTrainers {
  readonly #running = new Map<string, FakeTrainer>();
  /** Keys of the runs in the order of their starts. */
  readonly started: string[] = [];

  readonly #keyOf: (folder: string) => string;

  /** @param keyOf the key of the run in a folder */
  constructor(keyOf: (folder: string) => string) {
    this.#keyOf = keyOf;
  }

  readonly start = (threads: number | null): TrainerLink => {
    let send: FakeTrainer['send'] = () => undefined;
    let exit: FakeTrainer['exit'] = () => undefined;
    let key = '';
    return {
      onStart: () => undefined,
      onOutput: () => undefined,
      onMessage: (receive) => {
        send = receive;
      },
      onExit: (receive) => {
        exit = () => {
          this.#running.delete(key);
          receive({ code: 0, signal: null });
        };
      },
      kill: () => {
        exit();
      },
      send: (raw) => {
        const message = toTrainerSchema.parse(raw);
        if (message.type === 'start' && message.job.task === 'train') {
          const { job } = message;
          key = this.#keyOf(job.runFolder);
          this.started.push(key);
          this.#running.set(key, { job, threads, send, exit });
        }
        if (message.type === 'stop') send({ type: 'done', status: 'interrupted' });
        if (message.type === 'leave') exit();
      },
    };
  };

  /** Expects that exactly these runs come to be under way, with so many threads each. */
  async expectUnderWay(threads: Record<string, number | null>): Promise<void> {
    await eventually(() =>
      Object.fromEntries([...this.#running].map(([key, trainer]) => [key, trainer.threads])),
    ).toEqual(threads);
  }

  /** The settings with which a run that is under way is trained. */
  configOf(key: string): TrainJob['config'] {
    return this.#at(key).job.config;
  }

  /** Ends a run as trained, with a checkpoint from which another can start. */
  finish(key: string): void {
    const { job, send } = this.#at(key);
    const { checkpoints, checkpoint } = checkpointsIn(job.runFolder);
    mkdirSync(checkpoints, { recursive: true });
    writeFileSync(checkpoint, 'weights that nobody reads');
    send({ type: 'done', status: 'finished' });
  }

  fail(key: string): void {
    const error = {
      code: 'trainer-died',
      message: 'It died.',
      nextStep: 'Try again.',
      kind: 'failure',
    } as const;
    this.#at(key).send({ type: 'failed', error });
  }

  /** Ends a run as one that was asked to stop. */
  interrupt(key: string): void {
    this.#at(key).send({ type: 'done', status: 'interrupted' });
  }

  #at(key: string): FakeTrainer {
    const trainer = this.#running.get(key);
    if (trainer === undefined) throw new Error(`${key} is not under way.`);
    return trainer;
  }
}

function checkpointsIn(runFolder: string): { checkpoints: string; checkpoint: string } {
  const folder = new RunFolder(runFolder);
  return { checkpoints: folder.checkpoints, checkpoint: folder.checkpoint('best') };
}
