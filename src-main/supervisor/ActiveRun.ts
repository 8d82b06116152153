import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineFiles } from '../engine/provision/provideEngine.ts';
import { reportError, type ErrorReport } from '../foundation/errors.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { isLocked } from '../runs/folder/RunLock.ts';
import { ownerOf } from '../runs/owner.ts';
import type { RunStatus } from '../runs/records.ts';
import type { TrainingEvent } from '../training/events.ts';
import { Feed } from './Feed.ts';
import { describeEnvironment } from './environment.ts';
import { RunRecorder } from './RunRecorder.ts';
import { runTrainer } from './runTrainer.ts';
import type { StartTrainer } from './TrainerLink.ts';
import { initialWeights } from './weights.ts';

/** What a run tells while it is watched. The last event is its status. */
export type RunEvent = TrainingEvent | { type: 'ended'; status: RunStatus; error: ErrorReport | null };

const millisecondsBetweenHeartbeats = 15_000;
const millisecondsBetweenLooks = 100;

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
  readonly ended: Promise<{ status: RunStatus; error: ErrorReport | null }>;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();

  /**
   * Starts or resumes a run of the log.
   *
   * @param scaleSets the sets of test scales at which it is evaluated when trained
   */
  constructor(services: RunServices, id: string, scaleSets: readonly (readonly number[])[]) {
    this.id = id;
    this.ended = this.#perform(services, scaleSets).then((end) => {
      this.events.publish({ type: 'ended', ...end });
      this.events.close();
      return end;
    });
  }

  /** Finishes the step under way, checkpoints and ends; the run can be resumed. */
  stop(): void {
    this.#stop.abort();
  }

  /** Ends at once; the run can be resumed from its last checkpoint. */
  kill(): void {
    this.#kill.abort();
  }

  async #perform(
    { log, engine, startTrainer }: RunServices,
    scaleSets: readonly (readonly number[])[],
  ): Promise<{ status: RunStatus; error: ErrorReport | null }> {
    const { id } = this;
    const folder = log.folder(id);
    let recorder: RunRecorder | undefined;
    let heartbeat: NodeJS.Timeout | undefined;
    try {
      // A trainer whose workbench was killed still finishes its step and its checkpoint.
      while (isLocked(folder)) {
        if (this.#stop.signal.aborted || this.#kill.signal.aborted)
          return { status: 'interrupted', error: null };
        await sleep(millisecondsBetweenLooks);
      }
      // An earlier session may have died between the folder and the database: the folder is right.
      const { config } = log.reconcile(id);
      // A checkpoint has all of them: the file they came from may be gone by now.
      const weights = existsSync(folder.checkpoint('last'))
        ? null
        : initialWeights(log, config.initialisation);
      log.setEnvironment(id, await describeEnvironment(engine));
      recorder = new RunRecorder(log, id, config);
      heartbeat = setInterval(() => {
        log.runs.heartbeat(id);
      }, millisecondsBetweenHeartbeats);
      const answer = await runTrainer(
        startTrainer,
        {
          task: 'train',
          config,
          runFolder: folder.path,
          initialWeights: weights,
          scaleSets: scaleSets.map((scales) => [...scales]),
        },
        {
          addon: engine.addon,
          stop: this.#stop.signal,
          kill: this.#kill.signal,
          onStart: (pid) => {
            log.setStatus(id, 'running', { owner: ownerOf(process.pid) });
            folder.log(`trainer started, process ${pid}`);
          },
          onOutput: (text) => {
            folder.log(text);
          },
          onEvent: (event) => {
            if (event.type === 'started') log.metrics.truncateAfter(id, event.step);
            recorder?.record(event);
            this.events.publish(event);
          },
        },
      );
      recorder.flush();
      const status = answer.type === 'done' ? answer.status : 'finished';
      log.setStatus(id, status);
      return { status, error: null };
    } catch (error) {
      const report = reportError(error);
      try {
        recorder?.flush();
        log.setStatus(id, 'failed', { error: report });
        folder.log(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      } catch {
        // A full disk cannot take this either. The first error is the one to tell; the row reads as interrupted.
      }
      return { status: 'failed', error: report };
    } finally {
      clearInterval(heartbeat);
    }
  }
}
