import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { defaultTestScales } from '../configuration/defaultScales.ts';
import type { Rgb, RunConfig } from '../configuration/schema.ts';
import type { Dataset } from '../data/dataset.ts';
import type { TrainingStatistics } from '../data/statistics.ts';
import { EvaluationImages } from '../data/EvaluationImages.ts';
import { TrainingLoader } from '../data/TrainingLoader.ts';
import { engineFacts } from '../engine/tensorflow.ts';
import { meanCrossEntropy } from '../evaluation/errors.ts';
import { evaluate, type EvaluationResult } from '../evaluation/evaluate.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { untilAborted } from '../foundation/interruption.ts';
import type { Architecture } from '../vgg/layers.ts';
import { Network } from '../vgg/Network.ts';
import { areFinite } from './areFinite.ts';
import { Clock } from './Clock.ts';
import {
  dropLaterEpochs,
  keepAsBest,
  keepEpoch,
  lacksBest,
  lacksEpoch,
  saveCheckpoint,
  type RunState,
} from './checkpoint.ts';
import { checkpointPath, epochKind } from './checkpointFiles.ts';
import type { DatasetFacts, TrainingEvent } from './events.ts';
import { GradientSum } from './GradientSum.ts';
import { LayerStatistics } from './LayerStatistics.ts';
import { PlateauSchedule } from './PlateauSchedule.ts';
import { startingPoint } from './startingPoint.ts';
import { gradientStep } from './step.ts';

export interface TrainingJob {
  config: RunConfig;
  architecture: Architecture;
  dataset: Dataset;
  statistics: TrainingStatistics;
  /** Subtracted from each pixel (0–255). */
  mean: Rgb;
  datasetFacts: DatasetFacts;
  checkpointFolder: string;
  /** The file that `initialisation.from` stands for. */
  initialWeights: string | null;
  /** Puts what was told so far on the disk: called before each checkpoint, so that no checkpoint is ahead of the log. */
  flushLog: () => void;
}

/** How often the throughput is told, at most. */
const secondsBetweenRates = 1;

/**
 * Trains a net as Sect. 3.1 of the paper does: mini-batch gradient descent with momentum on the cross-entropy, the learning
 * rate divided by ten when the validation error stops improving.
 *
 * Goes on from the last checkpoint in the job's folder if there is one. When `signal` is aborted, finishes the step under
 * way, writes a checkpoint and returns.
 *
 * @throws WorkbenchError `training-diverged`, and those of the pipeline and of the disk; the last checkpoint stays
 */
export async function train(
  job: TrainingJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  const { config, architecture, dataset, checkpointFolder } = job;
  const { training, network: net } = config;
  const { deviation } = config.data;
  const {
    parameters,
    optimiser,
    state: saved,
    weights,
  } = await startingPoint(config, architecture, checkpointFolder, job.initialWeights, job.mean);
  const state: RunState = structuredClone(saved);
  dropLaterEpochs(checkpointFolder, state);
  const network = new Network(parameters, { frozen: training.trainable === 'fully-connected' });
  const sums = new GradientSum();
  const statistics = new LayerStatistics(parameters, optimiser);
  const schedule = new PlateauSchedule(training, state.schedule);
  const microBatch = training.microBatch ?? training.batch;
  const loader = new TrainingLoader({
    dataset,
    statistics: job.statistics,
    config,
    start: { epoch: state.epoch, step: state.stepInEpoch },
  });
  const steps = loader.stepsPerEpoch;
  const validationImages = new EvaluationImages({ samples: dataset.val, workers: config.data.workers });
  const clock = new Clock(state.seconds);

  const tell = (values: Record<string, number>) => {
    emit({ type: 'metrics', step: state.step, epoch: state.epoch, seconds: clock.seconds, values });
  };
  /** Layers are watched at the first step, every so many and, so far as it is known to be that, the last. */
  const isToBeWatched = () => {
    const { statisticsEvery: every, epochs } = training;
    const step = state.step + 1;
    if (every === null) return false;
    if (step === 1 || step % every === 0) return true;
    return state.stepInEpoch + 1 === steps && (state.epoch + 1 === epochs || schedule.mayEnd);
  };
  const checkpoint = () => {
    const current: RunState = { ...state, seconds: clock.seconds, schedule: schedule.state };
    job.flushLog();
    const bytes = saveCheckpoint(checkpointFolder, parameters, optimiser, current);
    clock.checkpointed();
    emit({ type: 'checkpoint', kind: 'last', step: state.step, epoch: state.epoch, bytes });
  };
  const keepBest = () => {
    keepAsBest(checkpointFolder);
    const { size: bytes } = statSync(checkpointPath(checkpointFolder, 'best'));
    emit({ type: 'checkpoint', kind: 'best', step: state.step, epoch: state.epoch, bytes });
  };
  const keepEpochIfDue = () => {
    if (!lacksEpoch(checkpointFolder, training.keepEpochs, state)) return;
    const bytes = keepEpoch(checkpointFolder, parameters, state);
    emit({ type: 'checkpoint', kind: epochKind(state.epoch), step: state.step, epoch: state.epoch, bytes });
  };

  try {
    emit({
      type: 'started',
      step: state.step,
      totalSteps: steps * training.epochs,
      stepsPerEpoch: steps,
      parameters: parameters.variables().reduce((sum, { size }) => sum + size, 0),
      ...(weights && { weights }),
      dataset: job.datasetFacts,
      ...engineFacts(),
    });
    // A kill may have come after the last checkpoint and before what is kept of it.
    if (lacksBest(checkpointFolder, saved)) keepBest();
    keepEpochIfDue();
    while (state.epoch < training.epochs && !schedule.exhausted) {
      while (state.stepInEpoch < steps) {
        if (signal.aborted) {
          checkpoint();
          return 'interrupted';
        }
        // Batches that are ready come without a turn of the event loop, but the signal needs one to arrive.
        await nextTurn();
        const batch = await loader.next();
        const watched = isToBeWatched() ? statistics : null;
        const { loss, top1Error } = gradientStep(
          network,
          batch,
          {
            crop: net.crop,
            microBatch,
            dropout: net.dropout,
            deviation,
            seed: training.seed,
            step: state.step,
            watch: watched?.seeOutput,
          },
          sums,
          (parameter, gradient) => {
            (watched ?? optimiser).apply(parameter, gradient, schedule.learningRate);
          },
        );
        state.step++;
        state.stepInEpoch++;
        clock.trained(batch.labels.length);
        tell({ 'train/loss': loss, 'train/top1Error': top1Error });
        if (watched) tell(watched.take());
        if (!Number.isFinite(loss)) throw diverged('The loss', state, schedule.learningRate);
        if (clock.secondsSinceRates >= secondsBetweenRates || state.stepInEpoch === steps) {
          tell({ ...clock.takeRates(loader.waiting), 'memory/rssBytes': process.memoryUsage.rss() });
        }
        if (clock.secondsSinceCheckpoint >= training.checkpointSeconds) checkpoint();
      }

      const validation = await untilAborted(signal, () => validate(job, network, validationImages, signal));
      if (validation === 'interrupted') {
        checkpoint();
        return validation;
      }
      tell({
        'val/loss': validation.loss,
        'val/top1Error': validation.top1Error,
        'val/top5Error': validation.top5Error,
        learningRate: schedule.learningRate,
      });
      if (!Number.isFinite(validation.loss)) throw diverged('The loss', state, schedule.learningRate);
      if (!areFinite(parameters.variables())) throw diverged('A weight', state, schedule.learningRate);
      schedule.observe(validation.top1Error);
      const improved = isBetter(validation, state.best);
      if (improved) state.best = { top1Error: validation.top1Error, loss: validation.loss, step: state.step };
      state.epoch++;
      state.stepInEpoch = 0;
      checkpoint();
      if (improved) keepBest();
      keepEpochIfDue();
      clock.restartRates(loader.waiting);
    }
    return 'finished';
  } finally {
    await loader.close();
    await validationImages.close();
    sums.dispose();
    optimiser.dispose();
    parameters.dispose();
  }
}

/** The validation of an epoch: a centre crop at S, or at the middle of [Smin; Smax]. It steers; the tables use others. */
async function validate(
  { config, architecture, dataset, mean }: TrainingJob,
  network: Network,
  images: EvaluationImages,
  signal: AbortSignal,
): Promise<EvaluationResult & { loss: number }> {
  const labels = dataset.val.map(({ label }) => label);
  const validation = evaluate(
    {
      network,
      architecture,
      images,
      labels,
      mean,
      deviation: config.data.deviation,
      settings: { average: 'before-softmax', horizontalFlip: false },
      signal,
    },
    [{ protocol: 'centre-crop', testScales: defaultTestScales(config.data.trainScale) }],
  );
  const { value: result } = await validation.next();
  if (!result) throw new Error('What is wanted once has one result.');
  return { ...result, loss: meanCrossEntropy(result.posteriors, architecture.classes, labels) };
}

/** Of equal errors, which a small validation set often has, the one with the lower loss is better. */
function isBetter(validation: { top1Error: number; loss: number }, best: RunState['best']): boolean {
  if (best === null || validation.top1Error < best.top1Error) return true;
  return validation.top1Error === best.top1Error && validation.loss < best.loss;
}

function diverged(what: string, { step }: RunState, learningRate: number): WorkbenchError {
  return new WorkbenchError(
    'training-diverged',
    `${what} is no longer a number at step ${step}, with a learning rate of ${learningRate}.`,
    'Lower training.learningRate, or choose another initialisation: a normal of variance 1e-2 makes deep nets overflow.',
    { kind: 'failure' },
  );
}
