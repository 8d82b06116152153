import { openTensorFlow } from '../engine/tensorflow.ts';
import { defined } from '../foundation/defined.ts';
import { reportError } from '../foundation/errors.ts';
import { keepPrivate } from '../foundation/privateFolders.ts';
import { benchTask } from './benchTask.ts';
import { openChannel } from './channel.ts';
import { evaluateTask } from './evaluateTask.ts';
import { startHeartbeat } from './heartbeat.ts';
import { InsightTask, stepAside } from './insightTask.ts';
import { memoryTask } from './memoryTask.ts';
import { toTrainerSchema, type FromTrainer, type TrainerJob } from './protocol.ts';
import { trainTask } from './trainTask.ts';

/*
 * The trainer: a separate process, since an operation of TensorFlow blocks the thread that calls it. It does one job,
 * reports events and ends. It never outlives the workbench: when the channel closes, it writes a checkpoint and exits.
 */

const channel = openChannel();
const stop = new AbortController();
const insight = new InsightTask((message) => {
  channel.send(message);
});
const beat = startHeartbeat(() => {
  channel.send({ type: 'alive' });
});
let work = Promise.resolve();

async function performWith(addon: string, job: TrainerJob): Promise<FromTrainer> {
  if ('runFolder' in job && job.runFolder !== null) keepPrivate(job.runFolder);
  if (job.task === 'insight') stepAside();
  openTensorFlow(addon, beat, 'member' in job ? job.member : undefined);
  return await perform(job);
}

async function perform(job: TrainerJob): Promise<FromTrainer> {
  const emit = (event: Extract<FromTrainer, { type: 'event' }>['event']) => {
    channel.send({ type: 'event', event });
  };
  switch (job.task) {
    case 'train':
      return { type: 'done', status: await trainTask(job, emit, stop.signal) };
    case 'evaluate':
      return { type: 'done', status: await evaluateTask(job, emit, stop.signal) };
    case 'bench':
      return { type: 'bench', result: benchTask(job) };
    case 'memory':
      return { type: 'memory', result: memoryTask(job) };
    case 'insight':
      await new Promise((resolve) => {
        stop.signal.addEventListener('abort', resolve);
      });
      await insight.close();
      return { type: 'done', status: 'finished' };
  }
}

channel.onMessage((raw) => {
  const message = toTrainerSchema.parse(raw);
  switch (message.type) {
    case 'start':
      work = performWith(message.addon, message.job)
        .catch(failure)
        .then((answer) => {
          channel.send(answer);
        });
      break;
    case 'stop':
      stop.abort();
      break;
    case 'ask':
      insight.ask(message);
      break;
    case 'cancel':
      insight.cancel(message.id);
      break;
    case 'leave':
      process.exit(0);
  }
});

channel.onClose(() => {
  stop.abort();
  void work.then(() => process.exit(0));
});

function failure(error: unknown): FromTrainer {
  const stack = error instanceof Error ? error.stack : undefined;
  return { type: 'failed', error: { ...reportError(error), ...defined({ stack }) } };
}

// Signals may reach every process of the terminal; the workbench decides what they mean and sends `stop`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
