import type { RunConfig } from '../configuration/schema.ts';
import type { Dataset } from '../data/dataset.ts';
import { isFingerprintOf } from '../data/fingerprint.ts';
import { ImageWorkers } from '../data/ImageWorkers.ts';
import { needsStatistics, splitsOf } from '../data/splitsOf.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { MetricsLog } from '../runs/folder/MetricsLog.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import { RunLock } from '../runs/folder/RunLock.ts';
import { goBackToBest, readState, type RunState } from '../training/checkpoint.ts';
import { checkpointPath } from '../training/checkpointFiles.ts';
import type { TrainingEvent } from '../training/events.ts';
import { prepareImages, requireTrainingImages, type PreparedImages } from '../training/preparedImages.ts';
import { soundCheckpoint, soundLast } from '../training/soundCheckpoint.ts';
import { train } from '../training/train.ts';
import { keepUntrained } from '../training/untrained.ts';
import { isOfValidation } from '../training/validate.ts';
import { refuseOtherClasses, scoreWeights } from './evaluateTask.ts';
import { requireNewest } from './fence.ts';
import { unlessAborted, untilAborted } from '../foundation/interruption.ts';
import { missingEvaluations } from './missingEvaluations.ts';
import { openImages, orderIn, type OpenedImages } from './openImages.ts';
import type { TrainJob } from './protocol.ts';

/** How long to wait for the lock, because a process that only checks it also holds it for a moment. */
const millisecondsForLock = 1000;

/**
 * Trains a run to its end and evaluates it. The metrics go to the run's folder first and then to the workbench: the
 * folder is the source of truth, whichever process may die.
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
    const pool = new ImageWorkers({ count: job.config.data.workers });
    try {
      return await untilAborted(signal, () => trainAndScore(job, { log, pool }, emit, signal));
    } finally {
      await pool.close();
      log.close();
    }
  } finally {
    lock.release();
  }
}

async function trainAndScore(
  job: TrainJob,
  { log, pool }: { log: MetricsLog; pool: ImageWorkers },
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  const { config, initialWeights } = job;
  requireNewest(job.fence);
  const { checkpoints: checkpointFolder } = new RunFolder(job.runFolder);
  const saved = savedState(job, checkpointFolder, emit);
  cutLog(log, saved);
  const opened = await openedFor(job, saved);
  const images = await unlessAborted(imagesOf(config, opened, emit), signal);
  requireSameImages(job, images.dataset, saved);
  for (const text of opened.notes) emit({ type: 'note', text });
  // A checkpoint flushes the log before it is written.
  const flushLog = () => {
    requireNewest(job.fence);
    return log.flush();
  };
  const report = (event: TrainingEvent) => {
    requireNewest(job.fence);
    if (event.type === 'metrics') log.append(pointsOf(event));
    emit(event);
  };
  const training = { config, images, pool, checkpointFolder, initialWeights, flushLog };
  if (config.training.epochs === 0) {
    if (initialWeights !== null && !opened.namedByWeights) refuseOtherClasses(images);
    await keepUntrained(training, report);
  } else if ((await train(training, report, signal)) === 'interrupted') return 'interrupted';
  await scoreKept(job, { images, pool }, emit, signal);
  return 'finished';
}

const withoutChecksums =
  'The checkpoint is of an earlier version and has no checksums: a change of its bytes since would not be noticed.';

/** The state of the checkpoint from which the run goes on. @throws WorkbenchError those of {@link soundLast} */
function savedState(
  { fromBest }: TrainJob,
  checkpointFolder: string,
  emit: (event: TrainingEvent) => void,
): RunState | undefined {
  if (fromBest) {
    if (!soundCheckpoint(checkpointFolder, 'best')) throw noCheckpoint('best', 'to go on from');
    goBackToBest(checkpointFolder);
  }
  const last = soundLast(checkpointFolder);
  if (last?.hasChecksums === false) emit({ type: 'note', text: withoutChecksums });
  return last?.state;
}

/** A run that has begun keeps its order of classes; a new one has that of the weights whose last layer it copies. */
async function openedFor(
  { config, initialWeights }: TrainJob,
  saved: RunState | undefined,
): Promise<OpenedImages> {
  const splits = splitsOf(config);
  if (saved?.classes) {
    const known = { names: saved.classes, origin: 'the run' };
    return await openImages({ ...config.data, classList: null }, splits, known).catch(maybeMoved);
  }
  const copiesLast =
    initialWeights !== null && ['all', 'net-a', 'net-a-identity'].includes(config.initialisation.layers);
  return await openImages(config.data, splits, copiesLast ? await orderIn(initialWeights) : undefined);
}

/** Of a run that has begun, the images were there: tells how to say where they are now. */
function maybeMoved(error: unknown): never {
  if (!(error instanceof WorkbenchError) || error.code !== 'dataset-not-found') throw error;
  throw new WorkbenchError(
    'dataset-not-found',
    error.message,
    'Bring the images back, or say where they are now with vgg resume RUN --data DIR.',
    { cause: error },
  );
}

async function imagesOf(
  config: RunConfig,
  { dataset }: OpenedImages,
  emit: (event: TrainingEvent) => void,
): Promise<PreparedImages> {
  if (config.training.epochs === 0 && needsStatistics(config.data)) requireTrainingImages(dataset);
  return await prepareImages(config, dataset, splitsOf(config), emit);
}

/** Drops the metrics after the checkpoint, which are computed again. */
function cutLog(log: MetricsLog, saved: RunState | undefined): void {
  if (!saved) {
    log.clear();
    return;
  }
  const { step, stepInEpoch, validations, logBytes } = saved;
  if (logBytes !== null && log.truncateTo(logBytes, step)) return;
  // Of an earlier version, or someone changed the log. Within an epoch, the validation at the checkpoint's own step goes too.
  log.truncateAfter(step, stepInEpoch > 0 && validations === 0 ? isOfValidation : undefined);
}

/** A run can be resumed only with the images that it was trained on so far. */
function requireSameImages(
  { datasetFingerprint }: TrainJob,
  dataset: Dataset,
  saved: RunState | undefined,
): void {
  if (!saved || datasetFingerprint === null || isFingerprintOf(datasetFingerprint, dataset)) return;
  throw new WorkbenchError(
    'dataset-changed',
    `The images of ${dataset.name} are no longer those that the run was trained on so far.`,
    'Restore the images, or start a new run from its weights with initialisation.from.',
  );
}

function pointsOf({ step, epoch, seconds, values }: Extract<TrainingEvent, { type: 'metrics' }>) {
  return Object.entries(values).map(([name, value]) => ({ step, epoch, seconds, name, value }));
}

/** Scores the configured checkpoint in each requested way in which it is not scored yet. */
async function scoreKept(
  { config, runFolder, evaluations }: TrainJob,
  { images, pool }: { images: PreparedImages; pool: ImageWorkers },
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const folder = new RunFolder(runFolder);
  const { checkpoint } = config.evaluation;
  const state = readState(folder.checkpoints, checkpoint);
  if (!state) throw noCheckpoint(checkpoint, 'to evaluate');
  const { step } = state;
  const { valFingerprint: datasetFingerprint } = images.facts;
  const requested = missingEvaluations(folder, evaluations, config.evaluation, {
    checkpoint,
    step,
    datasetFingerprint,
  });
  if (requested.length === 0) return;
  const weights = checkpointPath(folder.checkpoints, checkpoint);
  const scored = { weights, checkpoint, step, runFolder, posteriorsFile: null };
  await scoreWeights({ images, pool, config, scored, requested }, emit, signal);
}

function noCheckpoint(kind: string, purpose: string): WorkbenchError {
  return new WorkbenchError(
    'checkpoint-missing',
    `The run has no ${kind} checkpoint ${purpose}.`,
    'Resume the run, or start it again.',
    { kind: 'failure' },
  );
}
