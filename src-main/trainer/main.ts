import { openTensorFlow } from '../engine/tensorflow.ts';
import { keepPrivate } from '../foundation/privateFolders.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import { giveSign } from '../runs/folder/signOfLife.ts';
import { openChannel } from './channel.ts';
import { failedBy } from './failedBy.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { InsightTask } from './insightTask.ts';
import { JournalWriter } from './JournalWriter.ts';
import { lowerPriority } from './lowerPriority.ts';
import { toTrainerSchema, type FromTrainer, type ToTrainer } from './protocol.ts';

/*
 * The trainer: a separate process, since an operation of TensorFlow blocks the thread that calls it. It does one job,
 * reports events and ends. When the workbench is gone, a lasting training goes on to its end, and what it would report is
 * in its run's folder; everything else ends, a training with a checkpoint.
 */

type Start = Extract<ToTrainer, { type: 'start' }>;

const channel = openChannel();
const stop = new AbortController();
const send = (message: FromTrainer) => {
  channel.send(message);
};
const insight = Promise.withResolvers<InsightTask>();
let journal: JournalWriter | null = null;
let trained: RunFolder | undefined;
const beat = startHeartbeat(() => {
  send({ type: 'alive' });
  if (trained) giveSign(trained);
});
let work = Promise.resolve();
let isLasting = false;
let isAlone = false;

async function performWith({ addon, job, lasting }: Start): Promise<FromTrainer> {
  if ('runFolder' in job && job.runFolder !== null) keepPrivate(job.runFolder);
  if (job.task === 'insight') lowerPriority();
  if (job.task === 'train') trained = new RunFolder(job.runFolder);
  if (trained && lasting !== null) {
    isLasting = true;
    journal = new JournalWriter(trained, lasting);
    journal.watchStop(stop);
  } else channel.endWithWorkbench();
  openTensorFlow(addon, beat, 'member' in job ? job.member : undefined);
  // Only now: of a small net's run, TensorFlow's library takes most memory while it is loaded, and this would add to it.
  const [tasks, jobs] = await Promise.all([import('./insightTask.ts'), import('./performJob.ts')]);
  const task = new tasks.InsightTask(send);
  insight.resolve(task);
  return await jobs.performJob(job, { send, stop: stop.signal, insight: task, journal });
}

channel.onMessage((raw) => {
  const message = toTrainerSchema.parse(raw);
  switch (message.type) {
    case 'start':
      work = performWith(message).catch(failedBy).then(send);
      break;
    case 'stop':
      stop.abort();
      break;
    case 'ask':
      void insight.promise.then((task) => {
        task.ask(message);
      });
      break;
    case 'cancel':
      void insight.promise.then((task) => {
        task.cancel(message.id);
      });
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

// Signals may reach every process of the terminal; the workbench decides what they mean and sends `stop`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Nobody else is there to hear that the machine shuts down.
    if (isAlone && signal === 'SIGTERM') stop.abort();
  });
}

// Who read what is printed here may be gone.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
