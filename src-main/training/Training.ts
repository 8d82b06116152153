import { setImmediate as nextTurn } from 'node:timers/promises';
import { EvaluationImages } from '../data/EvaluationImages.ts';
import type { PixelBatch } from '../data/PixelBatch.ts';
import { TrainingLoader } from '../data/TrainingLoader.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { Network } from '../vgg/Network.ts';
import { imagesAtOnce } from '../configuration/imagesAtOnce.ts';
import { areFinite } from './areFinite.ts';
import { dropLaterEpochs, type RunState } from './checkpoint.ts';
import { CheckpointKeeper } from './CheckpointKeeper.ts';
import { Clock } from './Clock.ts';
import type { TrainingEvent } from './events.ts';
import { GradientSum } from './GradientSum.ts';
import { learningRateOf } from './learningRate.ts';
import { LayerStatistics } from './LayerStatistics.ts';
import { PlateauSchedule } from './PlateauSchedule.ts';
import { requireSameStart, requireSameWeights } from './requireSame.ts';
import { trainingStatistics } from './preparedImages.ts';
import { startedEvent } from './startedEvent.ts';
import { startingPoint, type StartingPoint } from './startingPoint.ts';
import { gradientStep, type StepSettings } from './step.ts';
import type { TrainingJob } from './TrainingJob.ts';
import { isBetter, validate, type Validation } from './validate.ts';

/** The least time between two reports of the throughput. */
const secondsBetweenRates = 1;

/** A net in training: weights, optimiser, schedule and the run's state. {@link train} shows the order of calls. */
export class Training {
  readonly #job: TrainingJob;
  readonly #start: StartingPoint;
  readonly #report: (event: TrainingEvent) => void;
  readonly #state: RunState;
  readonly #network: Network;
  readonly #sums = new GradientSum();
  readonly #statistics: LayerStatistics;
  readonly #schedule: PlateauSchedule;
  readonly #stepSettings: Omit<StepSettings, 'step'>;
  readonly #loader: TrainingLoader;
  readonly #validationImages: EvaluationImages;
  readonly #checkpoints: CheckpointKeeper;
  readonly #clock: Clock;

  /**
   * Starts from the last checkpoint in the job's folder, if there is one, else from the job's initial weights.
   *
   * @throws WorkbenchError those of the weights, `scale-below-crop`, `peers-differ`
   */
  static async open(job: TrainingJob, report: (event: TrainingEvent) => void): Promise<Training> {
    const start = await startingPoint(job);
    requireSameStart(job, start);
    if (job.team.leads) dropLaterEpochs(job.checkpointFolder, start.state);
    return new Training(job, start, report);
  }

  private constructor(job: TrainingJob, start: StartingPoint, report: (event: TrainingEvent) => void) {
    const { config, images, pool, team } = job;
    const { training, network: net } = config;
    const { parameters, optimiser, state } = start;
    this.#job = job;
    this.#start = start;
    this.#report = report;
    this.#state = structuredClone(state);
    this.#network = new Network(parameters, { frozen: training.trainable === 'fully-connected' });
    this.#statistics = new LayerStatistics(parameters, optimiser, (values) => team.gather(values));
    this.#schedule = new PlateauSchedule(training, state.schedule);
    this.#stepSettings = {
      crop: net.crop,
      microBatch: imagesAtOnce(training),
      dropout: net.dropout,
      precision: training.precision,
      clipNorm: training.clipNorm,
      deviation: images.deviation,
      seed: training.seed,
    };
    this.#loader = new TrainingLoader({
      dataset: images.dataset,
      statistics: trainingStatistics(images),
      config,
      pool,
      share: team.group,
      start: { epoch: state.epoch, step: state.stepInEpoch },
    });
    this.#validationImages = new EvaluationImages({ samples: images.dataset.val, pool });
    this.#checkpoints = new CheckpointKeeper(job, start, report);
    this.#clock = new Clock(state.seconds);
  }

  /** Whether all epochs are done or early stopping ends the training. */
  get isOver(): boolean {
    return this.#state.epoch >= this.#job.config.training.epochs || this.#schedule.exhausted;
  }

  /** Reports that the training starts, and keeps the checkpoints that a kill prevented from being kept. */
  begin(): void {
    this.#report(startedEvent(this.#job, this.#start, this.#loader.stepsPerEpoch));
    if (this.#job.team.leads) this.#checkpoints.keepWhatIsMissing(this.#start.state);
  }

  /**
   * Trains until the next validation: on all training images once, on a part of them where there are several validations an
   * epoch, or on those that an earlier session left, one step for each batch.
   *
   * @throws the reason of the team's signal, after the current step; WorkbenchError `training-diverged`, `peer-lost`
   */
  async epoch(): Promise<void> {
    const { config, team } = this.#job;
    const { checkpointSeconds } = config.training;
    while (!this.#isValidationDue()) {
      team.signal.throwIfAborted();
      // Batches that are ready arrive without a turn of the event loop, but the signal needs one.
      await nextTurn();
      this.#step(await this.#loader.next());
      if (this.#clock.secondsSinceRates >= secondsBetweenRates || this.#isValidationDue())
        this.#reportRates();
      if (this.#clock.secondsSinceCheckpoint >= checkpointSeconds) this.checkpoint();
    }
  }

  /**
   * Scores the validation images with the current weights.
   *
   * @throws the reason of the team's signal; WorkbenchError `training-diverged` if the loss is no number
   */
  async validate(): Promise<Validation> {
    const validation = await validate(this.#job, this.#network, this.#validationImages);
    const { loss, top1Error, top5Error } = validation;
    this.#reportValues({
      'val/loss': loss,
      'val/top1Error': top1Error,
      'val/top5Error': top5Error,
      learningRate: this.#learningRateOf(this.#state.step - 1),
    });
    if (!Number.isFinite(loss)) throw this.#diverged('The loss');
    return validation;
  }

  /** Lowers the learning rate if that is due, ends the epoch if it is over, and saves the weights to disk. */
  keep(validation: Validation): void {
    const state = this.#state;
    const { top1Error, loss } = validation;
    this.#schedule.observe(top1Error);
    const improved = isBetter(validation, state.best);
    if (improved) state.best = { top1Error, loss, step: state.step };
    state.validations++;
    if (state.stepInEpoch >= this.#loader.stepsPerEpoch) {
      state.epoch++;
      state.stepInEpoch = 0;
      state.validations = 0;
    }
    requireSameWeights(this.#job.team, this.#start.parameters);
    this.checkpoint();
    if (this.#job.team.leads) {
      if (improved) this.#checkpoints.keepBest(state);
      this.#checkpoints.keepEpochIfDue(state);
    }
    this.#clock.restartRates(this.#loader.waiting);
  }

  /**
   * Saves the weights, the velocities and the run's state: resumed from there, the run gives the same bytes. Of a team, the
   * leader does.
   *
   * @throws WorkbenchError `training-diverged` if a weight is no longer finite: the earlier checkpoint stays
   */
  checkpoint(): void {
    if (!this.#job.team.leads) return;
    if (!areFinite(this.#start.parameters.variables())) throw this.#diverged('A weight');
    this.#state.seconds = this.#clock.seconds;
    this.#state.schedule = this.#schedule.state;
    this.#checkpoints.keepLast(this.#state);
    this.#clock.checkpointed();
  }

  async close(): Promise<void> {
    await this.#loader.close();
    this.#sums.dispose();
    this.#start.optimiser.dispose();
    this.#start.parameters.dispose();
  }

  #learningRateOf(step: number): number {
    const { stepsPerEpoch } = this.#loader;
    return learningRateOf(this.#job.config.training, this.#schedule.learningRate, { step, stepsPerEpoch });
  }

  /** The last validation of an epoch is at its end, the others are evenly before it. */
  #isValidationDue(): boolean {
    const { stepsPerEpoch } = this.#loader;
    const { stepInEpoch, validations } = this.#state;
    const inEpoch = Math.min(this.#job.config.training.validationsPerEpoch, stepsPerEpoch);
    return stepInEpoch >= Math.round((stepsPerEpoch * (validations + 1)) / inEpoch);
  }

  #step(batch: PixelBatch): void {
    const state = this.#state;
    const learningRate = this.#learningRateOf(state.step);
    const watching = this.#isWatched() ? this.#statistics : null;
    const optimiser = watching ?? this.#start.optimiser;
    const { loss, top1Error } = gradientStep(
      {
        network: this.#network,
        sums: this.#sums,
        team: this.#job.team,
        update: (parameter, gradient, rows) => {
          optimiser.apply(parameter, gradient, learningRate, { rows });
        },
      },
      batch,
      { ...this.#stepSettings, step: state.step, watch: watching?.seeOutput },
    );
    state.step++;
    state.stepInEpoch++;
    this.#clock.trained(batch.labels.length * this.#job.team.size);
    this.#reportValues({ 'train/loss': loss, 'train/top1Error': top1Error });
    if (watching) this.#reportValues(watching.take());
    if (!Number.isFinite(loss)) throw this.#diverged('The loss');
  }

  /** Layers are watched at the first step, at every `statisticsEvery`th, and at each that may be the last. */
  #isWatched(): boolean {
    const { statisticsEvery: every, epochs } = this.#job.config.training;
    const { epoch, stepInEpoch, step } = this.#state;
    if (every === null) return false;
    if (step === 0 || (step + 1) % every === 0) return true;
    const endsEpoch = stepInEpoch + 1 === this.#loader.stepsPerEpoch;
    return endsEpoch && (epoch + 1 === epochs || this.#schedule.mayEnd);
  }

  #reportValues(values: Record<string, number>): void {
    const { step, epoch } = this.#state;
    this.#report({ type: 'metrics', step, epoch, seconds: this.#clock.seconds, values });
  }

  #reportRates(): void {
    const rates = this.#clock.takeRates(this.#loader.waiting);
    this.#reportValues({ ...rates, 'memory/rssBytes': process.memoryUsage.rss() });
  }

  #diverged(what: string): WorkbenchError {
    const { step } = this.#state;
    return new WorkbenchError(
      'training-diverged',
      `${what} is no longer a number at step ${step}, with a learning rate of ${this.#learningRateOf(step - 1)}.`,
      'Lower training.learningRate, or choose another initialisation: a normal of variance 1e-2 makes deep nets overflow.',
      { kind: 'failure' },
    );
  }
}
