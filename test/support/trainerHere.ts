import { setImmediate as turn } from 'node:timers/promises';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import type { StartTrainer, TrainerExit, TrainerLink } from '../../src-main/supervisor/TrainerLink.ts';
import type { InsightTask } from '../../src-main/trainer/insightTask.ts';
import { toTrainerSchema, type ToTrainer } from '../../src-main/trainer/protocol.ts';

type Start = Extract<ToTrainer, { type: 'start' }>;

/**
 * Does a trainer's jobs in this process, which loads TensorFlow once for all of them: that takes as long as most trainings
 * of tests. What is about processes, their memory or their end, starts them (`forkTrainer`), and so do trainings with
 * threads of their own number, which TensorFlow reads once.
 */
export const trainerHere: StartTrainer = (threads, gpu) =>
  threads === null ? new TrainerHere() : forkTrainer(threads, gpu);

class TrainerHere implements TrainerLink {
  readonly #stop = new AbortController();
  readonly #insight = Promise.withResolvers<InsightTask>();
  #receive: (message: unknown) => void = () => undefined;
  #exited: (exit: TrainerExit) => void = () => undefined;
  #isOver = false;

  onStart(receive: (pid: number) => void): void {
    queueMicrotask(() => {
      receive(process.pid);
    });
  }

  send(message: ToTrainer): void {
    // As between processes: a copy, and later.
    const copy = toTrainerSchema.parse(structuredClone(message));
    void turn().then(() => this.#take(copy));
  }

  onMessage(receive: (message: unknown) => void): void {
    this.#receive = receive;
  }

  onOutput(): void {
    // What is printed here is seen already.
  }

  onExit(receive: (exit: TrainerExit) => void): void {
    this.#exited = receive;
  }

  /** What is under way is stopped, and nobody hears of it any more. */
  kill(): void {
    this.#stop.abort();
    this.#exit({ code: null, signal: 'SIGKILL' });
  }

  readonly #tell = (message: unknown): void => {
    const copy: unknown = structuredClone(message);
    void turn().then(() => {
      if (!this.#isOver) this.#receive(copy);
    });
  };

  async #take(message: ToTrainer): Promise<void> {
    switch (message.type) {
      case 'start':
        this.#tell(await this.#perform(message));
        break;
      case 'stop':
        this.#stop.abort();
        break;
      case 'ask':
        (await this.#insight.promise).ask(message);
        break;
      case 'cancel':
        (await this.#insight.promise).cancel(message.id);
        break;
      case 'leave':
        this.#exit({ code: 0, signal: null });
    }
  }

  async #perform({ addon, job }: Start): Promise<unknown> {
    if ('member' in job && job.member !== undefined) throw new Error('A group has processes of its own.');
    // A test that trains nothing loads nothing.
    const { failedBy, InsightTask, openTensorFlow, performJob } = await modules();
    try {
      openTensorFlow(addon);
      const insight = new InsightTask(this.#tell);
      this.#insight.resolve(insight);
      return await performJob(job, { send: this.#tell, stop: this.#stop.signal, insight, journal: null });
    } catch (error) {
      return failedBy(error);
    }
  }

  #exit(exit: TrainerExit): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void turn().then(() => {
      this.#exited(exit);
    });
  }
}

async function modules() {
  return {
    ...(await import('../../src-main/engine/tensorflow.ts')),
    ...(await import('../../src-main/trainer/failedBy.ts')),
    ...(await import('../../src-main/trainer/insightTask.ts')),
    ...(await import('../../src-main/trainer/performJob.ts')),
  };
}
