import { benchTask } from './benchTask.ts';
import { evaluateTask } from './evaluateTask.ts';
import type { InsightTask } from './insightTask.ts';
import type { JournalWriter } from './JournalWriter.ts';
import { memoryTask } from './memoryTask.ts';
import type { FromTrainer, TrainerJob } from './protocol.ts';
import { trainTask } from './trainTask.ts';

/** What a job has to do with: who hears of it, what stops it. */
export interface JobMeans {
  send: (message: FromTrainer) => void;
  stop: AbortSignal;
  /** Answers the questions of the job `insight`. */
  insight: InsightTask;
  /** Of a training that is to go on without the workbench. */
  journal: JournalWriter | null;
}

/** Does a job to its end, with TensorFlow loaded. @returns its last message */
export async function performJob(
  job: TrainerJob,
  { send, stop, insight, journal }: JobMeans,
): Promise<FromTrainer> {
  const emit = (event: Extract<FromTrainer, { type: 'event' }>['event']) => {
    send({ type: 'event', event });
  };
  switch (job.task) {
    case 'train':
      return { type: 'done', status: await trainTask(job, emit, stop, journal) };
    case 'evaluate':
      return { type: 'done', status: await evaluateTask(job, emit, stop) };
    case 'bench':
      return { type: 'bench', result: benchTask(job) };
    case 'memory':
      return { type: 'memory', result: memoryTask(job) };
    case 'insight':
      await new Promise((resolve) => {
        stop.addEventListener('abort', resolve);
      });
      await insight.close();
      return { type: 'done', status: 'finished' };
  }
}
