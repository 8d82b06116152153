import { reportError } from '../foundation/errors.ts';
import { Inspector } from '../insight/Inspector.ts';
import { Pace } from '../insight/Pace.ts';
import type { FromTrainer, ToTrainer } from './protocol.ts';

/** Answers questions about checkpoints in the order of their arrival, until it is stopped. */
export class InsightTask {
  readonly #inspector = new Inspector();
  readonly #send: (message: FromTrainer) => void;
  readonly #pending = new Map<number, AbortController>();
  #turn = Promise.resolve();

  constructor(send: (message: FromTrainer) => void) {
    this.#send = send;
  }

  ask({ id, question }: Extract<ToTrainer, { type: 'ask' }>): void {
    const controller = new AbortController();
    this.#pending.set(id, controller);
    this.#turn = this.#turn.then(async () => {
      const { signal } = controller;
      try {
        signal.throwIfAborted();
        const pace = new Pace(signal, (done, total) => {
          this.#send({ type: 'answering', id, done, total });
        });
        this.#send({ type: 'answer', id, answer: await this.#inspector.answer(question, pace) });
      } catch (error) {
        // After a cancellation nobody waits for the answer.
        if (!signal.aborted) this.#send({ type: 'refused', id, error: reportError(error) });
      } finally {
        this.#pending.delete(id);
      }
    });
  }

  cancel(id: number): void {
    this.#pending.get(id)?.abort();
  }

  /** Ends after the current question; those after it are not answered. */
  async close(): Promise<void> {
    for (const controller of this.#pending.values()) controller.abort();
    await this.#turn;
    this.#inspector.close();
  }
}
