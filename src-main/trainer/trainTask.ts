import { WorkbenchError } from '../foundation/errors.ts';
import { MetricsLog } from '../runs/folder/MetricsLog.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import { RunLock } from '../runs/folder/RunLock.ts';
import { readState } from '../training/checkpoint.ts';
import { checkpointPath } from '../training/checkpointFiles.ts';
import type { TrainingEvent } from '../training/events.ts';
import { train } from '../training/train.ts';
import { scoreWeights } from './evaluateTask.ts';
import { prepareImages } from './preparedImages.ts';
import type { TrainJob } from './protocol.ts';

/**
 * Trains a run to its end and evaluates it. The metrics go to the run's folder first and to the workbench after: the
 * folder is the truth, whoever else may die.
 */
export async function trainTask(
  job: TrainJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  const { config } = job;
  const folder = new RunFolder(job.runFolder);
  const lock = new RunLock(folder);
  const { checkpoints: checkpointFolder } = folder;
  const log = new MetricsLog(folder.metrics);
  try {
    // What came after the last checkpoint will be computed anew.
    log.truncateAfter(readState(checkpointFolder, 'last')?.step ?? 0);
    const images = await unlessAborted(prepareImages(config, ['train', 'val'], emit), signal);
    if (!images.statistics) throw new Error('A dataset with training images has statistics.');
    const status = await train(
      {
        config,
        architecture: images.architecture,
        dataset: images.dataset,
        datasetFacts: images.facts,
        statistics: images.statistics,
        mean: images.mean,
        checkpointFolder,
        initialWeights: job.initialWeights,
        flushLog: () => {
          log.flush();
        },
      },
      (event) => {
        if (event.type === 'metrics') {
          const { step, epoch, seconds, values } = event;
          log.append(Object.entries(values).map(([name, value]) => ({ step, epoch, seconds, name, value })));
        }
        emit(event);
      },
      signal,
    );
    if (status === 'interrupted') return status;

    const kind = config.evaluation.checkpoint;
    const state = readState(checkpointFolder, kind);
    if (!state) throw noCheckpoint(kind);
    await scoreWeights(
      images,
      config,
      { path: checkpointPath(checkpointFolder, kind), checkpoint: kind, step: state.step },
      job.scaleSets,
      emit,
      signal,
    );
    return 'finished';
  } catch (error) {
    if (signal.aborted && error === signal.reason) return 'interrupted';
    throw error;
  } finally {
    log.close();
    lock.release();
  }
}

/** What is awaited; or the signal's reason if that comes first: the process ends then, and the work with it. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}

function noCheckpoint(kind: string): WorkbenchError {
  return new WorkbenchError(
    'checkpoint-missing',
    `The run has no ${kind} checkpoint to evaluate.`,
    'Resume the run, or start it again.',
    { kind: 'failure' },
  );
}
