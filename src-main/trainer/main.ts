import { openTensorFlow } from '../engine/tensorflow.ts';
import { defined } from '../foundation/defined.ts';
import { reportError } from '../foundation/errors.ts';
import { keepPrivate } from '../foundation/privateFolders.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import { giveSign } from '../runs/folder/signOfLife.ts';
import { benchTask } from './benchTask.ts';
import { openChannel } from './channel.ts';
import { evaluateTask } from './evaluateTask.ts';
import { startHeartbeat } from './heartbeat.ts';
import { InsightTask, stepAside } from './insightTask.ts';
import { JournalWriter } from './JournalWriter.ts';
import { memoryTask } from './memoryTask.ts';
import { toTrainerSchema, type FromTrainer, type ToTrainer, type TrainerJob } from './protocol.ts';
import { trainTask } from './trainTask.ts';

/*
 * The trainer: a separate process, since an operation of TensorFlow blocks the thread that calls it. It does one job,
 * reports events and ends. When the workbench is gone, a lasting training goes on to its end, and what it would report is
 * in its run's folder; everything else ends, a training with a checkpoint.
 */

type Start = Extract<ToTrainer, { type: 'start' }>;

const channel = openChannel();
const stop = new AbortController();
const insight = new InsightTask((message) => {
  channel.send(message);
});
let journal: JournalWriter | null = null;
let trained: RunFolder | undefined;
const beat = startHeartbeat(() => {
  channel.send({ type: 'alive' });
  if (trained) giveSign(trained);
});
let work = Promise.resolve();
let isLasting = false;
let isAlone = false;

async function performWith({ addon, job, lasting }: Start): Promise<FromTrainer> {
  if ('runFolder' in job && job.runFolder !== null) keepPrivate(job.runFolder);
  if (job.task === 'insight') stepAside();
  if (job.task === 'train') trained = new RunFolder(job.runFolder);
  if (trained && lasting !== null) {
    isLasting = true;
    journal = new JournalWriter(trained, lasting);
    journal.watchStop(stop);
  } else channel.endWithWorkbench();
  openTensorFlow(addon, beat, 'member' in job ? job.member : undefined);
  return await perform(job);
}

async function perform(job: TrainerJob): Promise<FromTrainer> {
  const emit = (event: Extract<FromTrainer, { type: 'event' }>['event']) => {
    channel.send({ type: 'event', event });
  };
  switch (job.task) {
    case 'train':
      return { type: 'done', status: await trainTask(job, emit, stop.signal, journal) };
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
      work = performWith(message)
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
  isAlone = true;
  if (!isLasting) stop.abort();
  void work.then(() => process.exit(0));
});

function failure(error: unknown): FromTrainer {
  const stack = error instanceof Error ? error.stack : undefined;
  return { type: 'failed', error: { ...reportError(error), ...defined({ stack }) } };
}

// Signals may reach every process of the terminal; the workbench decides what they mean and sends `stop`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Nobody else is there to hear that the machine shuts down.
    if (isAlone && signal === 'SIGTERM') stop.abort();
  });
}

// Who read what is printed here may be gone.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
