import { provideEngine } from '../../engine/provision/provideEngine.ts';
import { runTrainer } from '../../supervisor/runTrainer.ts';
import type { StartTrainer } from '../../supervisor/TrainerLink.ts';
import type { FromTrainer, TrainerJob } from '../../trainer/protocol.ts';

/**
 * Has a separate trainer process measure something; nothing is logged.
 *
 * @throws the signal's reason; WorkbenchError what the trainer reports, `trainer-died`
 */
export async function answerOf<Task extends 'bench' | 'memory'>(
  start: StartTrainer,
  job: TrainerJob & { task: Task },
  signal: AbortSignal = new AbortController().signal,
): Promise<Extract<FromTrainer, { type: Task }>> {
  const { addon } = await provideEngine();
  const output: string[] = [];
  const answer = await runTrainer(start, job, {
    addon,
    stop: signal,
    kill: signal,
    onEvent: () => undefined,
    onOutput: (text) => output.push(text),
  });
  signal.throwIfAborted();
  if (!isOf<Task>(job.task, answer))
    throw new Error(`The trainer did not measure anything: ${output.join('')}`);
  return answer;
}

function isOf<Task extends FromTrainer['type']>(
  task: Task,
  answer: FromTrainer,
): answer is Extract<FromTrainer, { type: Task }> {
  return answer.type === task;
}
