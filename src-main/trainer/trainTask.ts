import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { Dataset } from '../data/dataset.ts';
import { isFingerprintOf } from '../data/fingerprint.ts';
import { ImageWorkers } from '../data/ImageWorkers.ts';
import { needsStatistics, splitsOf } from '../data/splitsOf.ts';
import { CollectiveGroup } from '../engine/group/CollectiveGroup.ts';
import { Team } from '../engine/group/Team.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { hashOfFile } from '../foundation/hashOfFile.ts';
import { MetricsLog } from '../runs/folder/MetricsLog.ts';
import { RunFolder } from '../runs/folder/RunFolder.ts';
import { RunLock } from '../runs/folder/RunLock.ts';
import { goBackToBest, readState, type RunState } from '../training/checkpoint.ts';
import { checkpointPath } from '../training/checkpointFiles.ts';
import type { TrainingEvent } from '../training/events.ts';
import { requirePrecision } from '../training/requirePrecision.ts';
import { prepareImages, requireTrainingImages, type PreparedImages } from '../training/preparedImages.ts';
import { requireSame } from '../training/requireSame.ts';
import { soundCheckpoint, soundLast } from '../training/soundCheckpoint.ts';
import { train } from '../training/train.ts';
import { keepUntrained } from '../training/untrained.ts';
import { isOfValidation } from '../training/validate.ts';
import { refuseOtherClasses, scoreWeights } from './evaluateTask.ts';
import { requireNewest } from './fence.ts';
import { unlessAborted, untilAborted } from '../foundation/interruption.ts';
import type { JournalWriter } from './JournalWriter.ts';
import { missingEvaluations } from './missingEvaluations.ts';
import { openImages, orderIn, type OpenedImages } from './openImages.ts';
import type { TrainJob } from './protocol.ts';

/** How long to wait for the lock, because a process that only checks it also holds it for a moment. */
const millisecondsForLock = 1000;

/**
 * Trains a run to its end and evaluates it. The metrics go to the run's folder first and then to the workbench: the
 * folder is the source of truth, whichever process may die. Of several processes in step, the leader alone writes.
 *
 * @param journal of one that is to go on without the workbench
 * @throws WorkbenchError also `peer-lost`, `group-incomplete`, `peers-differ`
 */
export async function trainTask(
  job: TrainJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
  journal: JournalWriter | null = null,
): Promise<'finished' | 'interrupted'> {
  const team = teamOf(job, signal);
  const pool = new ImageWorkers({ count: job.config.data.workers }).start();
  const work = () =>
    team.leads
      ? withLog(job, (log) =>
          withJournal(journal, emit, (report) => trainAndScore(job, { team, log, pool }, report)),
        )
      : trainAndScore(job, { team, log: null, pool }, () => undefined);
  try {
    // Of a team, all stop by its signal, once training has begun; before that, each by its own.
    return await untilAborted(signal, () => untilAborted(team.signal, work));
  } finally {
    await pool.close();
  }
}

function teamOf({ member, config }: TrainJob, signal: AbortSignal): Team {
  if (member === undefined || member.addresses.length === 1) return Team.alone(signal);
  if (member.addresses.length !== config.training.processes) {
    throw new WorkbenchError(
      'group-incomplete',
      `There are ${member.addresses.length} processes, and training.processes is ${config.training.processes}.`,
      'Start as many processes as the run has.',
    );
  }
  return new Team(new CollectiveGroup(member), signal);
}

/** Holds the run's folder while it is worked on. */
async function withLog<Result>(
  { runFolder }: TrainJob,
  work: (log: MetricsLog) => Promise<Result>,
): Promise<Result> {
  const folder = new RunFolder(runFolder);
  const lock = new RunLock(folder, millisecondsForLock);
  try {
    folder.removeTemporaries();
    const log = new MetricsLog(folder.metrics);
    try {
      return await work(log);
    } finally {
      log.close();
    }
  } finally {
    lock.release();
  }
}

/** Writes all that is emitted to the journal, and the end. */
async function withJournal(
  journal: JournalWriter | null,
  emit: (event: TrainingEvent) => void,
  work: (emit: (event: TrainingEvent) => void) => Promise<'finished' | 'interrupted'>,
): Promise<'finished' | 'interrupted'> {
  if (journal === null) return await work(emit);
  journal.begin();
  try {
    const status = await work((event) => {
      journal.write(event);
      emit(event);
    });
    journal.finished(status);
    return status;
  } catch (error) {
    journal.failed(error);
    throw error;
  }
}

interface Means {
  team: Team;
  /** Of the leader. */
  log: MetricsLog | null;
  pool: ImageWorkers;
}

async function trainAndScore(
  job: TrainJob,
  { team, log, pool }: Means,
  emit: (event: TrainingEvent) => void,
): Promise<'finished' | 'interrupted'> {
  const { config, initialWeights } = job;
  requireNewest(job.fence);
  if (config.training.epochs > 0) requirePrecision(config.training);
  const { checkpoints: checkpointFolder } = new RunFolder(job.runFolder);
  // Only the leader looks at every image; the others on its machine find what it kept of that.
  const { opened, images } = await team.leaderFirst(() => imagesFor(job, { team, log, pool }, emit));
  for (const text of opened.notes) emit({ type: 'note', text });
  // A checkpoint flushes the log before it is written.
  const flushLog = () => {
    requireNewest(job.fence);
    return log?.flush() ?? 0;
  };
  const report = (event: TrainingEvent) => {
    requireNewest(job.fence);
    if (event.type === 'metrics') log?.append(pointsOf(event));
    emit(event);
  };
  const training = { config, images, pool, team, checkpointFolder, initialWeights, flushLog };
  if (config.training.epochs === 0) {
    if (initialWeights !== null && !opened.namedByWeights) refuseOtherClasses(images);
    if (team.leads) await keepUntrained(training, report);
  } else if ((await train(training, report)) === 'interrupted') return 'interrupted';
  await scoreKept(job, { images, pool, team }, emit);
  return 'finished';
}

/** Makes the folder ready to go on from its last checkpoint, and opens the images. */
async function imagesFor(
  job: TrainJob,
  { team, log, pool }: Means,
  emit: (event: TrainingEvent) => void,
): Promise<{ opened: OpenedImages; images: PreparedImages }> {
  const { checkpoints: checkpointFolder } = new RunFolder(job.runFolder);
  const saved = savedState(checkpointFolder, job.fromBest && team.leads, emit);
  if (log) cutLog(log, saved);
  const opened = await openedFor(job, saved);
  const images = await unlessAborted(imagesOf(job.config, opened, { pool, emit }), team.wish);
  requireSameImages(job, images.dataset, saved);
  return { opened, images };
}

const withoutChecksums =
  'The checkpoint is of an earlier version and has no checksums: a change of its bytes since would not be noticed.';

/** The state of the checkpoint from which the run goes on. @throws WorkbenchError those of {@link soundLast} */
function savedState(
  checkpointFolder: string,
  fromBest: boolean,
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
    'Bring the images back, or say where they are now with npm run -s vgg -- resume RUN --data DIR.',
    { cause: error },
  );
}

async function imagesOf(
  config: RunConfig,
  { dataset }: OpenedImages,
  means: { pool: ImageWorkers; emit: (event: TrainingEvent) => void },
): Promise<PreparedImages> {
  if (config.training.epochs === 0 && needsStatistics(config.data)) requireTrainingImages(dataset);
  return await prepareImages(config, dataset, splitsOf(config), means);
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
  job: TrainJob,
  { images, pool, team }: { images: PreparedImages; pool: ImageWorkers; team: Team },
  emit: (event: TrainingEvent) => void,
): Promise<void> {
  const { config, runFolder } = job;
  const folder = new RunFolder(runFolder);
  const { checkpoint } = config.evaluation;
  // The leader may still be writing it.
  team.meet();
  const state = readState(folder.checkpoints, checkpoint);
  if (!state) throw noCheckpoint(checkpoint, 'to evaluate');
  const { step } = state;
  const requested = lackingOf(job, { images, team }, { checkpoint, step });
  if (requested.length === 0) return;
  const weights = checkpointPath(folder.checkpoints, checkpoint);
  if (team.size > 1) requireSame(team, 'checkpoint', Buffer.from(await hashOfFile(weights), 'hex'));
  const scored = { weights, checkpoint, step, runFolder, posteriorsFile: null };
  await scoreWeights({ images, pool, config, scored, requested, team }, emit);
}

/** The evaluations that the leader finds missing: what it has reported may not have reached the folder for all to see. */
function lackingOf(
  { config, runFolder, evaluations }: TrainJob,
  { images, team }: { images: PreparedImages; team: Team },
  scored: { checkpoint: RunConfig['evaluation']['checkpoint']; step: number },
): RequestedEvaluation[] {
  const { valFingerprint: datasetFingerprint } = images.facts;
  const weights = { ...scored, datasetFingerprint };
  const lacking = missingEvaluations(new RunFolder(runFolder), evaluations, config.evaluation, weights);
  const [ofLeader] = team.gather(Float32Array.from(evaluations, (one) => (lacking.includes(one) ? 1 : 0)));
  return evaluations.filter((_, index) => ofLeader?.[index] === 1);
}

function noCheckpoint(kind: string, purpose: string): WorkbenchError {
  return new WorkbenchError(
    'checkpoint-missing',
    `The run has no ${kind} checkpoint ${purpose}.`,
    'Resume the run, or start it again.',
    { kind: 'failure' },
  );
}
