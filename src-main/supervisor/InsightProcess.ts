import type { EngineFiles } from '../engine/provision/provideEngine.ts';
import { errorFromReport, WorkbenchError } from '../foundation/errors.ts';
import {
  fromTrainerSchema,
  type Answer,
  type AnswerTo,
  type FromTrainer,
  type Question,
  type Report,
} from '../trainer/protocol.ts';
import { SilenceWatch, defaultLimits, type SilenceLimits } from './SilenceWatch.ts';
import type { StartTrainer, TrainerExit, TrainerLink } from './TrainerLink.ts';

interface Pending {
  report: Report;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

const millisecondsIdle = 60_000;

/**
 * A process that answers questions about checkpoints. It starts with the first question, keeps the weights and
 * activations it used last, and ends after a time without questions. If it dies, the next question starts it again. If
 * it does not respond, it is killed, unlike a trainer: only answers are lost with it.
 */
export class InsightProcess {
  readonly #start: StartTrainer;
  readonly #engine: () => Promise<EngineFiles>;
  readonly #idle: number;
  readonly #limits: SilenceLimits;
  readonly #pending = new Map<number, Pending>();
  #link: Promise<TrainerLink> | undefined;
  /** The process, once the promise has resolved. */
  #current: TrainerLink | undefined;
  #timer: NodeJS.Timeout | undefined;
  #nextId = 0;

  /**
   * @param options.idle milliseconds without a question after which the process ends
   * @param options.limits how long it may be silent
   */
  constructor(
    start: StartTrainer,
    engine: () => Promise<EngineFiles>,
    { idle = millisecondsIdle, limits = defaultLimits }: { idle?: number; limits?: SilenceLimits } = {},
  ) {
    this.#start = start;
    this.#engine = engine;
    this.#idle = idle;
    this.#limits = limits;
  }

  /**
   * @param report receives the progress of an answer that takes many steps
   * @throws WorkbenchError what the process answers, `insight-died`, `insight-unresponsive`, those of the engine
   * @throws the signal's reason, at once; a question whose turn has not come is then never asked
   */
  async ask<Asked extends Question>(
    question: Asked,
    signal?: AbortSignal,
    report: Report = () => undefined,
  ): Promise<AnswerTo<Asked>> {
    signal?.throwIfAborted();
    clearTimeout(this.#timer);
    const link = await (this.#link ??= this.#open());
    signal?.throwIfAborted();
    const id = this.#nextId++;
    const cancel = () => {
      link.send({ type: 'cancel', id });
      this.#settle(id)?.reject(signal?.reason);
    };
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        this.#pending.set(id, { resolve, reject, report });
        signal?.addEventListener('abort', cancel);
        link.send({ type: 'ask', id, question });
      });
      if (!answers(answer, question)) throw new Error(`${question.about} was answered by ${answer.about}.`);
      return answer;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the process; unanswered questions fail. */
  close(): void {
    clearTimeout(this.#timer);
    const link = this.#link;
    this.#link = undefined;
    this.#current = undefined;
    this.#failAll(new WorkbenchError('insight-closed', 'The workbench is closing.', 'Open it again.'));
    void link?.then(
      (open) => {
        open.kill();
      },
      () => undefined,
    );
  }

  async #open(): Promise<TrainerLink> {
    try {
      const { addon } = await this.#engine();
      const link = this.#start(null);
      const watch = new SilenceWatch(this.#limits, ({ type }) => {
        if (type !== 'unresponsive') return;
        this.#ended(link, unresponsive());
        link.kill();
      });
      link.onMessage((raw) => {
        watch.heard();
        try {
          this.#receive(link, fromTrainerSchema.parse(raw));
        } catch (error) {
          // The callers must learn of the failure.
          this.#ended(link, error);
          link.kill();
        }
      });
      link.onOutput(() => undefined);
      link.onExit((exit) => {
        watch.close();
        this.#ended(link, died(exit));
      });
      link.send({ type: 'start', addon, job: { task: 'insight' }, lasting: null });
      this.#current = link;
      return link;
    } catch (error) {
      this.#link = undefined;
      throw error;
    }
  }

  #receive(link: TrainerLink, message: FromTrainer): void {
    if (message.type === 'answering') this.#pending.get(message.id)?.report(message.done, message.total);
    else if (message.type === 'answer') this.#settle(message.id)?.resolve(message.answer);
    else if (message.type === 'refused') this.#settle(message.id)?.reject(errorFromReport(message.error));
    else if (message.type === 'failed') {
      this.#ended(link, errorFromReport(message.error));
      link.kill();
    }
  }

  /** Removes a question from the list; after the last one, the idle time starts. */
  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.close();
      }, this.#idle).unref();
    }
    return pending;
  }

  #ended(link: TrainerLink, error: unknown): void {
    // The exit of a process that was already replaced is ignored.
    if (link !== this.#current) return;
    this.#current = undefined;
    this.#link = undefined;
    this.#failAll(error);
  }

  #failAll(error: unknown): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

function answers<Asked extends Question>(answer: Answer, { about }: Asked): answer is AnswerTo<Asked> {
  return answer.about === about;
}

function unresponsive(): WorkbenchError {
  return new WorkbenchError(
    'insight-unresponsive',
    'The process that looks into nets did not respond any more, so it was ended.',
    'Try again: it starts anew.',
    { kind: 'failure' },
  );
}

function died({ code, signal }: TrainerExit): WorkbenchError {
  return new WorkbenchError(
    'insight-died',
    `The process that looks into nets was ended ${signal === null ? `with exit code ${code ?? 'unknown'}` : `by ${signal}`}.`,
    `Try again: it starts anew.${signal === 'SIGKILL' ? ' The system does this when memory runs out.' : ''}`,
    { kind: 'failure' },
  );
}
