import { errorFromReport, WorkbenchError } from '../foundation/errors.ts';
import type { TrainingEvent } from '../training/events.ts';
import { fromTrainerSchema, type FromTrainer, type TrainerJob } from '../trainer/protocol.ts';
import type { StartTrainer, TrainerExit } from './TrainerLink.ts';

export interface TrainerSupervision {
  /** Path of the compiled addon. */
  addon: string;
  onEvent: (event: TrainingEvent) => void;
  onOutput: (text: string) => void;
  onStart?: (pid: number) => void;
  /** Asks the trainer to finish its step, checkpoint and end. */
  stop: AbortSignal;
  /** Ends it at once. */
  kill?: AbortSignal;
}

/** Of what a trainer printed, in characters: its end tells why it died. */
const keptOutput = 4000;
const toldLines = 5;

type Answer = Extract<FromTrainer, { type: 'done' } | { type: 'bench' } | { type: 'memory' }>;

/**
 * Has a job done by a trainer process of its own and waits until that has ended.
 *
 * @throws WorkbenchError what the trainer reports, `trainer-died`
 */
export function runTrainer(
  start: StartTrainer,
  job: TrainerJob,
  { addon, onEvent, onOutput, onStart, stop, kill }: TrainerSupervision,
): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const link = start();
    let answer: Answer | undefined;
    let failure: Error | undefined;
    let output = '';
    const fail = (error: unknown) => {
      failure ??= error instanceof Error ? error : new Error(String(error));
      link.kill();
    };
    link.onMessage((raw) => {
      try {
        const message = fromTrainerSchema.parse(raw);
        if (message.type === 'event') {
          onEvent(message.event);
          return;
        }
        if (message.type === 'done' || message.type === 'bench' || message.type === 'memory')
          answer = message;
        else if (message.type === 'failed') {
          failure = errorFromReport(message.error);
          if (message.error.stack !== undefined) onOutput(message.error.stack);
        }
        link.send({ type: 'leave' });
      } catch (error) {
        // What was received cannot be logged, so going on would lose results.
        fail(error);
      }
    });
    link.onOutput((text) => {
      output = (output + text).slice(-keptOutput);
      onOutput(text);
    });
    const askToStop = () => {
      link.send({ type: 'stop' });
    };
    const end = () => {
      link.kill();
    };
    link.onExit((exit) => {
      stop.removeEventListener('abort', askToStop);
      kill?.removeEventListener('abort', end);
      if (failure !== undefined) reject(failure);
      else if (answer) resolve(answer);
      else if (kill?.aborted) resolve({ type: 'done', status: 'interrupted' });
      else reject(died(exit, job, output));
    });
    stop.addEventListener('abort', askToStop);
    kill?.addEventListener('abort', end);
    link.onStart((pid) => {
      try {
        onStart?.(pid);
      } catch (error) {
        fail(error);
      }
    });
    try {
      link.send({ type: 'start', addon, job });
      if (stop.aborted) askToStop();
      if (kill?.aborted) end();
    } catch (error) {
      fail(error);
    }
  });
}

function died({ code, signal }: TrainerExit, { task }: TrainerJob, output: string): WorkbenchError {
  const how = signal === null ? `with exit code ${code ?? 'unknown'}` : `by ${signal}`;
  const memory =
    signal === 'SIGKILL'
      ? ' The system does this when memory runs out: a smaller training.microBatch helps.'
      : '';
  const lastLines = output.trim().split('\n').slice(-toldLines).join('\n');
  return new WorkbenchError(
    'trainer-died',
    `The trainer process was ended ${how} before it had finished.${lastLines === '' ? '' : ` Its last lines:\n${lastLines}`}`,
    `${task === 'train' ? 'Nothing logged is lost: resume the run from its last checkpoint.' : 'Try again.'}${memory}`,
    { kind: 'failure' },
  );
}
