import { existsSync } from 'node:fs';
import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { EngineFiles } from '../engine/provision/provideEngine.ts';
import { reportError, type ErrorReport } from '../foundation/errors.ts';
import { foldEvents, journalOf } from '../runs/foldOrphan.ts';
import { startedEventIn } from '../runs/folder/journal.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { waitForFolder } from '../runs/folder/RunLock.ts';
import { ownerOf, processOf } from '../runs/owner.ts';
import type { Process, RunStatus, TrainingPlace } from '../runs/records.ts';
import { trainedWith } from '../runs/trained.ts';
import type { TrainingEvent } from '../training/events.ts';
import type { WeightsRecord } from '../weights/record.ts';
import type { TrainJob } from '../trainer/protocol.ts';
import { Feed } from '../foundation/Feed.ts';
import { bestEffort } from './bestEffort.ts';
import { describeEnvironment } from './environment.ts';
import { OrphanTrainer } from './OrphanTrainer.ts';
import { RunRecorder } from './RunRecorder.ts';
import { runTrainer, type Answer, type TrainerSupervision } from './runTrainer.ts';
import { runTraining } from './runTraining.ts';
import type { Responsiveness, SilenceLimits } from './SilenceWatch.ts';
import type { StartTrainer } from './TrainerLink.ts';
import { initialWeights } from './weights.ts';
import { whileBeating } from './whileBeating.ts';

/** What a run reports while it is watched. The last event is its status. */
export type RunEvent = TrainingEvent | Responsiveness | ({ type: 'ended' } & End);

/** How a run or a study ended. */
export interface End {
  status: RunStatus;
  error: ErrorReport | null;
}

/** The status of a stopped run or study: `paused` if a person paused it. */
export type StoppedStatus = 'interrupted' | 'paused';

export interface RunServices {
  log: RunLog;
  engine: EngineFiles;
  startTrainer: StartTrainer;
  /** How long a trainer may be silent, if not the usual limits. */
  limits?: SilenceLimits;
}

/** A run that is being trained, from its start until it finishes, fails or is interrupted. */
export class ActiveRun {
  readonly id: string;
  /** Ends with an `ended` event, whatever happens. */
  readonly events = new Feed<RunEvent>();
  /** Settles when the run has ended; never rejects. */
  readonly ended: Promise<End>;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  readonly #fromBest: boolean;
  readonly #sharedBy: number;
  #stoppedAs: StoppedStatus = 'interrupted';

  /**
   * Starts or resumes a run of the log, or takes it up where its trainer has gone on without the process that started it.
   *
   * @param evaluations the ways in which it is scored after training
   * @param options.fromBest goes on from its best checkpoint in place of its last
   * @param options.sharedBy how many runs train side by side, this one among them
   * @throws WorkbenchError `run-busy` if it is being trained, here or elsewhere
   */
  constructor(
    services: RunServices,
    id: string,
    evaluations: readonly RequestedEvaluation[],
    { fromBest = false, sharedBy = 1 }: { fromBest?: boolean; sharedBy?: number } = {},
  ) {
    this.id = id;
    this.#fromBest = fromBest;
    this.#sharedBy = sharedBy;
    const trainer = services.log.claim(id);
    const beat = () => {
      services.log.runs.heartbeat(id);
    };
    this.ended = whileBeating(beat, () => this.#perform(services, evaluations, trainer)).then((end) => {
      this.events.publish({ type: 'ended', ...end });
      this.events.close();
      return end;
    });
  }

  /**
   * Finishes the current step, checkpoints and ends; the run can be resumed. A trainer that does not respond is killed
   * after a grace period; the run can then be resumed from its last checkpoint.
   */
  stop(as: StoppedStatus = 'interrupted'): void {
    if (!this.#stop.signal.aborted) this.#stoppedAs = as;
    this.#stop.abort();
  }

  /** Ends at once; the run can be resumed from its last checkpoint. */
  kill(): void {
    this.#kill.abort();
  }

  async #perform(
    services: RunServices,
    evaluations: readonly RequestedEvaluation[],
    trainer: Process | null,
  ): Promise<End> {
    const { id } = this;
    const { log } = services;
    try {
      const status = trainer
        ? await this.#takeUp(services, trainer)
        : (await waitForFolder(log.folder(id), AbortSignal.any([this.#stop.signal, this.#kill.signal])))
          ? await this.#train(services, evaluations)
          : this.#stoppedAs;
      log.setStatus(id, status);
      return { status, error: null };
    } catch (error) {
      const report = reportError(error);
      // On a full disk these may fail, too. The first error is the one to report.
      log.setFailed(id, report);
      bestEffort(() => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log.folder(id).log(`failed: ${text}`);
      });
      return { status: 'failed', error: report };
    }
  }

  async #train(
    services: RunServices,
    evaluations: readonly RequestedEvaluation[],
  ): Promise<'finished' | StoppedStatus> {
    const { log, startTrainer } = services;
    const { id } = this;
    const folder = log.folder(id);
    // An earlier session may have died between writing the folder and the database: the folder is right.
    const { config, dataset } = await log.reconcile(id);
    // A checkpoint holds all weights: the file they came from may be gone by now.
    const isBegun = existsSync(folder.checkpoint('last'));
    const job: TrainJob = {
      task: 'train',
      config: sharingImageThreads(config, this.#sharedBy),
      runFolder: folder.path,
      initialWeights: isBegun ? null : initialWeights(log, config.initialisation),
      datasetFingerprint: dataset?.fingerprint ?? null,
      fromBest: this.#fromBest,
      evaluations: [...evaluations],
      fence: null,
    };
    if (this.#fromBest) folder.log('goes on from its best checkpoint, which replaces its last');
    const place = await describeEnvironment();
    return await this.#supervise(services, place, (supervision) =>
      runTraining(startTrainer, job, {
        ...supervision,
        onStart: (pid) => {
          folder.log(`trainer started, process ${pid}`);
        },
        lasting: {
          place,
          onStart: (pid) => {
            const owner = { ...ownerOf(process.pid), trainer: processOf(pid) };
            log.runs.setStatus(id, 'running', { owner });
          },
        },
      }),
    );
  }

  /** Goes on with a trainer that another process has started. */
  async #takeUp(services: RunServices, trainer: Process): Promise<'finished' | StoppedStatus> {
    const { log } = services;
    const { id } = this;
    const folder = log.folder(id);
    const journal = journalOf(folder, trainer);
    await log.readMetrics(id);
    if (journal) foldEvents(log, id, journal);
    const started = journal && startedEventIn(journal);
    const known = { journal: journal?.bytes ?? 0, metrics: log.runs.indexed(id).logBytes ?? 0, started };
    const { config } = log.runs.get(id);
    const job: TrainJob = {
      task: 'train',
      config,
      runFolder: folder.path,
      fence: null,
      // It has all that already.
      initialWeights: null,
      datasetFingerprint: null,
      fromBest: false,
      evaluations: [],
    };
    const link = () => new OrphanTrainer(folder, trainer, known);
    bestEffort(() => {
      folder.log(`taken up by another process of the workbench: its trainer is process ${trainer.pid}`);
    });
    const place = journal?.head.place ?? (await describeEnvironment());
    const isKnown = started !== undefined;
    return await this.#supervise(
      services,
      place,
      (supervision) => runTrainer(link, job, supervision),
      isKnown,
    );
  }

  /** @param isBegun whether the log knows already how the training began */
  async #supervise(
    { log, engine, limits }: RunServices,
    place: TrainingPlace,
    run: (supervision: TrainerSupervision) => Promise<Answer>,
    isBegun = false,
  ): Promise<'finished' | StoppedStatus> {
    const { id } = this;
    const folder = log.folder(id);
    const { config, environment: earlier } = log.runs.get(id);
    const recorder = new RunRecorder(log, id, config);
    try {
      const answer = await run({
        addon: engine.addon,
        stop: this.#stop.signal,
        kill: this.#kill.signal,
        limits,
        onOutput: (text) => {
          bestEffort(() => {
            folder.log(text);
          });
        },
        onResponsiveness: (change) => {
          this.#noteResponsiveness(log, change);
        },
        onEvent: (event) => {
          if (event.type !== 'started') recorder.record(event);
          else if (!isBegun) {
            log.setEnvironment(id, trainedWith(place, event, earlier));
            if (event.weights) folder.log(`began from ${weightsText(event.weights)}`);
            recorder.record(event);
          }
          if (event.type === 'note') folder.log(`note: ${event.text}`);
          this.events.publish(event);
        },
      });
      recorder.flush();
      return answer.type === 'done' && answer.status === 'interrupted' ? this.#stoppedAs : 'finished';
    } catch (error) {
      bestEffort(() => {
        recorder.flush();
      });
      throw error;
    }
  }

  #noteResponsiveness(log: RunLog, change: Responsiveness): void {
    const since = change.type === 'unresponsive' ? change.since : null;
    bestEffort(() => {
      log.runs.setUnresponsive(this.id, since);
    });
    bestEffort(() => {
      log
        .folder(this.id)
        .log(
          change.type === 'unresponsive'
            ? `the trainer has not responded since ${change.since}`
            : `the trainer responds again after ${change.silentSeconds} seconds`,
        );
    });
    this.events.publish(change);
  }
}

function weightsText({ path, format, channels, bytes, sha256 }: WeightsRecord): string {
  return `${path}: ${format}, ${channels}, ${bytes} bytes, sha256 ${sha256}`;
}

/** With its part of the threads that prepare images. Results do not depend on their number. */
function sharingImageThreads(config: RunConfig, sharedBy: number): RunConfig {
  const workers = Math.max(1, Math.floor(config.data.workers / sharedBy));
  return { ...config, data: { ...config.data, workers } };
}
