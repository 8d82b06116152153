import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WantedEvaluation } from '../configuration/evaluations.ts';
import type { EngineFiles } from '../engine/provision/provideEngine.ts';
import { reportError, type ErrorReport } from '../foundation/errors.ts';
import type { RunLog } from '../runs/RunLog.ts';
import type { RunFolder } from '../runs/folder/RunFolder.ts';
import { isLocked, runLocked } from '../runs/folder/RunLock.ts';
import type { RunStatus } from '../runs/records.ts';
import type { TrainingEvent } from '../training/events.ts';
import type { WeightsRecord } from '../weights/record.ts';
import { Feed } from './Feed.ts';
import { describeEnvironment } from './environment.ts';
import { quietly } from './quietly.ts';
import { RunRecorder } from './RunRecorder.ts';
import { runTrainer } from './runTrainer.ts';
import type { StartTrainer } from './TrainerLink.ts';
import { initialWeights } from './weights.ts';

/** What a run tells while it is watched. The last event is its status. */
export type RunEvent = TrainingEvent | ({ type: 'ended' } & End);

/** How a run or a study ended. */
export interface End {
  status: RunStatus;
  error: ErrorReport | null;
}

/** What becomes of what is stopped: `paused` where a person set it aside. */
export type StoppedStatus = 'interrupted' | 'paused';

const millisecondsBetweenHeartbeats = 15_000;
const millisecondsBetweenLooks = 100;
const millisecondsForAnother = 60_000;

export interface RunServices {
  log: RunLog;
  engine: EngineFiles;
  startTrainer: StartTrainer;
}

/** A run that is being trained, from its start to its end, its failure or its interruption. */
export class ActiveRun {
  readonly id: string;
  /** Ends with an `ended` event, whatever happens. */
  readonly events = new Feed<RunEvent>();
  /** Settles when the run has ended; never rejects. */
  readonly ended: Promise<End>;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  #stoppedAs: StoppedStatus = 'interrupted';

  /**
   * Starts or resumes a run of the log.
   *
   * @param evaluations the ways in which it is scored when trained
   * @throws WorkbenchError `run-busy` if it is being trained, here or elsewhere
   */
  constructor(services: RunServices, id: string, evaluations: readonly WantedEvaluation[]) {
    this.id = id;
    services.log.claim(id);
    this.ended = this.#perform(services, evaluations).then((end) => {
      this.events.publish({ type: 'ended', ...end });
      this.events.close();
      return end;
    });
  }

  /** Finishes the step under way, checkpoints and ends; the run can be resumed. */
  stop(as: StoppedStatus = 'interrupted'): void {
    if (!this.#stop.signal.aborted) this.#stoppedAs = as;
    this.#stop.abort();
  }

  /** Ends at once; the run can be resumed from its last checkpoint. */
  kill(): void {
    this.#kill.abort();
  }

  async #perform(
    { log, engine, startTrainer }: RunServices,
    evaluations: readonly WantedEvaluation[],
  ): Promise<End> {
    const { id } = this;
    const folder = log.folder(id);
    let recorder: RunRecorder | undefined;
    let heartbeat: NodeJS.Timeout | undefined;
    try {
      heartbeat = setInterval(() => {
        quietly(() => {
          log.runs.heartbeat(id);
        });
      }, millisecondsBetweenHeartbeats);
      if (!(await this.#getsFolder(folder))) {
        log.setStatus(id, this.#stoppedAs);
        return { status: this.#stoppedAs, error: null };
      }
      // An earlier session may have died between the folder and the database: the folder is right.
      const { config, dataset, environment: earlier } = log.reconcile(id);
      // A checkpoint has all of them: the file they came from may be gone by now.
      const weights = existsSync(folder.checkpoint('last'))
        ? null
        : initialWeights(log, config.initialisation);
      const environment = await describeEnvironment();
      recorder = new RunRecorder(log, id, config);
      const answer = await runTrainer(
        startTrainer,
        {
          task: 'train',
          config,
          runFolder: folder.path,
          initialWeights: weights,
          datasetFingerprint: dataset?.fingerprint ?? null,
          evaluations: [...evaluations],
        },
        {
          addon: engine.addon,
          stop: this.#stop.signal,
          kill: this.#kill.signal,
          onStart: (pid) => {
            folder.log(`trainer started, process ${pid}`);
          },
          onOutput: (text) => {
            quietly(() => {
              folder.log(text);
            });
          },
          onEvent: (event) => {
            if (event.type === 'started') {
              const { device, tensorflow, weights = earlier?.weights ?? null } = event;
              log.setEnvironment(id, { ...environment, device, tensorflow, weights });
              if (event.weights) folder.log(`began from ${weightsText(event.weights)}`);
            }
            recorder?.record(event);
            this.events.publish(event);
          },
        },
      );
      recorder.flush();
      const stopped = answer.type === 'done' && answer.status === 'interrupted';
      const status = stopped ? this.#stoppedAs : 'finished';
      log.setStatus(id, status);
      return { status, error: null };
    } catch (error) {
      const report = reportError(error);
      // A full disk may not take these either. The first error is the one to tell.
      quietly(() => recorder?.flush());
      quietly(() => {
        log.setStatus(id, 'failed', { error: report });
      });
      quietly(() => {
        folder.log(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      });
      return { status: 'failed', error: report };
    } finally {
      clearInterval(heartbeat);
    }
  }

  /**
   * Waits until no trainer holds the folder: one whose workbench was killed still finishes its step and its checkpoint.
   *
   * @returns false if the run is stopped before
   * @throws WorkbenchError `run-locked`
   */
  async #getsFolder(folder: RunFolder): Promise<boolean> {
    for (const began = performance.now(); isLocked(folder);) {
      if (this.#stop.signal.aborted || this.#kill.signal.aborted) return false;
      if (performance.now() - began > millisecondsForAnother) throw runLocked(folder);
      await sleep(millisecondsBetweenLooks);
    }
    return true;
  }
}

function weightsText({ path, format, channels, bytes, sha256 }: WeightsRecord): string {
  return `${path}: ${format}, ${channels}, ${bytes} bytes, sha256 ${sha256}`;
}
