import { openDataset } from '../data/openDataset.ts';
import { splitsOf } from '../data/splitsOf.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { MetricsLog } from '../runs/folder/MetricsLog.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import { RunLock } from '../runs/folder/RunLock.ts';
import { readState } from '../training/checkpoint.ts';
import { checkpointPath } from '../training/checkpointFiles.ts';
import type { DatasetFacts, TrainingEvent } from '../training/events.ts';
import { train, type TrainingJob } from '../training/train.ts';
import { keepUntrained } from '../training/untrained.ts';
import { refuseOtherClasses, scoreWeights } from './evaluateTask.ts';
import { unlessAborted, untilAborted } from '../foundation/interruption.ts';
import { lackingEvaluations } from './lackingEvaluations.ts';
import { prepareImages, requireMean, type PreparedImages } from './preparedImages.ts';
import type { TrainJob } from './protocol.ts';

/** A probe of the lock holds it for a moment. */
const millisecondsForLock = 1000;

/**
 * Trains a run to its end and evaluates it. The metrics go to the run's folder first and to the workbench after: the
 * folder is the truth, whoever else may die.
 */
export async function trainTask(
  job: TrainJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  const folder = new RunFolder(job.runFolder);
  const lock = new RunLock(folder, millisecondsForLock);
  try {
    folder.removeTemporaries();
    const log = new MetricsLog(folder.metrics);
    try {
      return await untilAborted(signal, () => trainAndScore(job, log, emit, signal));
    } finally {
      log.close();
    }
  } finally {
    lock.release();
  }
}

async function trainAndScore(
  job: TrainJob,
  log: MetricsLog,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  const { config, datasetFingerprint } = job;
  const folder = new RunFolder(job.runFolder);
  const { checkpoints: checkpointFolder } = folder;
  const saved = readState(checkpointFolder, 'last');
  // What came after the last checkpoint will be computed anew.
  log.truncateAfter(saved?.step ?? 0);
  const opened = await openDataset(config.data.dataset);
  if (config.training.epochs === 0 && config.data.mean === 'training-set') requireMean(opened);
  const images = await unlessAborted(prepareImages(config, opened, splitsOf(config), emit), signal);
  if (saved && datasetFingerprint !== null && datasetFingerprint !== images.facts.fingerprint)
    throw datasetChanged(images.facts);
  const status = await trainOrKeep(
    {
      config,
      architecture: images.architecture,
      dataset: images.dataset,
      datasetFacts: images.facts,
      mean: images.mean,
      checkpointFolder,
      initialWeights: job.initialWeights,
      flushLog: () => {
        log.flush();
      },
    },
    images,
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
  const weights = { checkpoint: kind, step: state.step, datasetFingerprint: images.facts.valFingerprint };
  const lacking = lackingEvaluations(folder, job.evaluations, config.evaluation, weights);
  if (lacking.length === 0) return 'finished';
  await scoreWeights(
    images,
    config,
    {
      weights: checkpointPath(checkpointFolder, kind),
      checkpoint: kind,
      step: state.step,
      runFolder: job.runFolder,
      posteriorsFile: null,
    },
    lacking,
    emit,
    signal,
  );
  return 'finished';
}

async function trainOrKeep(
  job: Omit<TrainingJob, 'statistics'>,
  images: PreparedImages,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  const { statistics } = images;
  if (job.config.training.epochs === 0) {
    if (job.initialWeights !== null) refuseOtherClasses(images);
    await keepUntrained(job, emit);
    return 'finished';
  }
  if (!statistics) throw new Error('A dataset with training images has statistics.');
  return await train({ ...job, statistics }, emit, signal);
}

function datasetChanged({ name }: DatasetFacts): WorkbenchError {
  return new WorkbenchError(
    'dataset-changed',
    `The images of ${name} are no longer those that the run was trained on so far.`,
    'Restore the images, or start a new run from its weights with initialisation.from.',
  );
}

function noCheckpoint(kind: string): WorkbenchError {
  return new WorkbenchError(
    'checkpoint-missing',
    `The run has no ${kind} checkpoint to evaluate.`,
    'Resume the run, or start it again.',
    { kind: 'failure' },
  );
}
