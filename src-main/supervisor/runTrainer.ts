import { errorFromReport, WorkbenchError } from '../foundation/errors.ts';
import type { TrainingPlace } from '../runs/records.ts';
import type { TrainingEvent } from '../training/events.ts';
import { fromTrainerSchema, type FromTrainer, type TrainerJob } from '../trainer/protocol.ts';
import { SilenceWatch, defaultLimits, type Responsiveness, type SilenceLimits } from './SilenceWatch.ts';
import type { StartTrainer, TrainerExit, TrainerLink } from './TrainerLink.ts';

export interface TrainerSupervision {
  /** Path of the compiled addon. */
  addon: string;
  onEvent: (event: TrainingEvent) => void;
  onOutput: (text: string) => void;
  onStart?: (pid: number) => void;
  /** For a training that may go on without this process. */
  lasting?: Lasting;
  /** The trainer no longer responds, or responds again. */
  onResponsiveness?: (change: Responsiveness) => void;
  /** Asks the trainer to finish its step, checkpoint and end. If unresponsive, it is killed after a grace period. */
  stop: AbortSignal;
  /** Kills the trainer at once. */
  kill?: AbortSignal;
  limits?: SilenceLimits | undefined;
}

export interface Lasting {
  place: TrainingPlace;
  /** Called with the trainer's process if it is such a one. */
  onStart: (pid: number) => void;
}

/** How many characters of the trainer's output are kept; its end usually says why it died. */
const keptOutput = 4000;
const reportedLines = 5;

export type Answer = Extract<FromTrainer, { type: 'done' } | { type: 'bench' } | { type: 'memory' }>;

/**
 * Runs a job in a trainer process of its own and waits until that process has ended.
 *
 * @throws WorkbenchError what the trainer reports, `trainer-died`
 */
export function runTrainer(
  start: StartTrainer,
  job: TrainerJob,
  supervision: TrainerSupervision,
): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const link = start('config' in job ? job.config.training.threads : null);
    const supervised = new SupervisedJob(link, job, supervision);
    link.onExit((exit) => {
      supervised.close();
      try {
        resolve(supervised.outcome(exit));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    supervised.start();
  });
}

/** One job in one trainer process, from its start to its exit. */
class SupervisedJob {
  readonly #link: TrainerLink;
  readonly #job: TrainerJob;
  readonly #supervision: TrainerSupervision;
  readonly #limits: SilenceLimits;
  readonly #watch: SilenceWatch;
  #answer: Answer | undefined;
  #failure: Error | undefined;
  #output = '';
  #grace: NodeJS.Timeout | undefined;
  /** Whether the workbench killed the process. */
  #killed = false;

  constructor(link: TrainerLink, job: TrainerJob, supervision: TrainerSupervision) {
    this.#link = link;
    this.#job = job;
    this.#supervision = supervision;
    this.#limits = supervision.limits ?? defaultLimits;
    this.#watch = new SilenceWatch(this.#limits, (change) => {
      this.#guarded(() => supervision.onResponsiveness?.(change));
      this.#endIfHung();
    });
  }

  start(): void {
    const { addon, onStart, stop, kill } = this.#supervision;
    const lasting = this.#link.lasting === true ? this.#supervision.lasting : undefined;
    this.#link.onMessage((raw) => {
      this.#watch.heard();
      // What was received and cannot be logged would be lost if the job went on.
      this.#guarded(() => {
        this.#receive(fromTrainerSchema.parse(raw));
      });
    });
    this.#link.onOutput((text) => {
      this.#output = (this.#output + text).slice(-keptOutput);
      this.#supervision.onOutput(text);
    });
    stop.addEventListener('abort', this.#askToStop);
    kill?.addEventListener('abort', this.#kill);
    this.#link.onStart((pid) => {
      this.#guarded(() => {
        lasting?.onStart(pid);
        onStart?.(pid);
      });
    });
    this.#guarded(() => {
      this.#link.send({ type: 'start', addon, job: this.#job, lasting: lasting?.place ?? null });
      if (stop.aborted) this.#askToStop();
      if (kill?.aborted) this.#kill();
    });
  }

  /** Stops watching, since nothing more is expected of the process. */
  close(): void {
    const { stop, kill } = this.#supervision;
    stop.removeEventListener('abort', this.#askToStop);
    kill?.removeEventListener('abort', this.#kill);
    this.#watch.close();
    clearTimeout(this.#grace);
  }

  /** The result of the job. @throws what the trainer reported, `trainer-died` */
  outcome(exit: TrainerExit): Answer {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#answer) return this.#answer;
    if (this.#killed) return { type: 'done', status: 'interrupted' };
    throw died(exit, this.#job, this.#output);
  }

  #receive(message: FromTrainer): void {
    switch (message.type) {
      case 'alive':
        return;
      case 'event':
        this.#supervision.onEvent(message.event);
        return;
      case 'done':
      case 'bench':
      case 'memory':
        this.#answer = message;
        break;
      case 'failed':
        this.#failure = errorFromReport(message.error);
        if (message.error.stack !== undefined) this.#supervision.onOutput(message.error.stack);
    }
    this.#link.send({ type: 'leave' });
  }

  readonly #askToStop = (): void => {
    this.#link.send({ type: 'stop' });
    this.#endIfHung();
  };

  readonly #kill = (): void => {
    this.#killed = true;
    this.#link.kill();
  };

  /** Kills a trainer that should end but does not respond: it does not receive the request. */
  #endIfHung(): void {
    clearTimeout(this.#grace);
    const hasEnded = this.#answer !== undefined || this.#failure !== undefined;
    if (!this.#watch.unresponsive || !(hasEnded || this.#supervision.stop.aborted)) return;
    this.#grace = setTimeout(() => {
      this.#guarded(() => {
        this.#supervision.onOutput('The trainer did not respond when it was to end, so it was killed.\n');
      });
      this.#kill();
    }, this.#limits.grace);
  }

  /** Does work of the workbench; if it fails, the trainer must not go on unwatched. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
      this.#link.kill();
    }
  }
}

function died({ code, signal }: TrainerExit, { task }: TrainerJob, output: string): WorkbenchError {
  const how = signal !== null ? ` by ${signal}` : code === null ? '' : ` with exit code ${code}`;
  const memory =
    signal === 'SIGKILL'
      ? ' The system does this when memory runs out: a smaller training.microBatch helps.'
      : '';
  const lastLines = output.trim().split('\n').slice(-reportedLines).join('\n');
  return new WorkbenchError(
    'trainer-died',
    `The trainer process was ended${how} before it had finished.${lastLines === '' ? '' : ` Its last lines:\n${lastLines}`}`,
    `${task === 'train' ? 'Nothing logged is lost: resume the run from its last checkpoint.' : 'Try again.'}${memory}`,
    { kind: 'failure' },
  );
}
