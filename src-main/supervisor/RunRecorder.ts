import type { RunLog } from '../runs/RunLog.ts';
import type { Checkpoint, MetricPoint } from '../runs/records.ts';
import { evaluationIn } from '../runs/trained.ts';
import type { CheckpointKind } from '../training/checkpointFiles.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { TrainingEvent } from '../training/events.ts';

/** The index is written at most this often: a transaction for each step would be slower than a small net's steps. */
const millisecondsBetweenWrites = 500;

/**
 * Writes what a trainer reports of a run into the log. Metrics and checkpoints are in the run's folder already: if they
 * cannot be written to the index now, they are kept and tried again.
 */
export class RunRecorder {
  readonly #log: RunLog;
  readonly #id: string;
  readonly #config: RunConfig;
  readonly #checkpoints = new Map<CheckpointKind, Checkpoint>();
  /** Length of the log of metrics up to the last checkpoint. */
  #logBytes: number | null = null;
  #points: MetricPoint[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(log: RunLog, id: string, config: RunConfig) {
    this.#log = log;
    this.#id = id;
    this.#config = config;
  }

  record(event: TrainingEvent): void {
    const log = this.#log;
    switch (event.type) {
      case 'started':
        log.transaction(() => {
          log.metrics.truncateAfter(this.#id, event.step);
          log.runs.setLogBytes(this.#id, event.logBytes);
          log.evaluations.removeEpochsAfter(this.#id, event.step);
        });
        log.setDataset(this.#id, event.dataset);
        return;
      case 'metrics': {
        const { step, epoch, seconds } = event;
        for (const [name, value] of Object.entries(event.values)) {
          this.#points.push({ step, epoch, seconds, name, value });
        }
        this.#writeSoon();
        return;
      }
      case 'checkpoint': {
        const { kind, step, epoch, bytes, logBytes } = event;
        this.#logBytes = logBytes;
        const path = log.folder(this.#id).checkpointName(kind);
        this.#checkpoints.set(kind, { kind, step, epoch, bytes, path, createdAt: new Date().toISOString() });
        this.#writeSoon();
        return;
      }
      case 'evaluation':
        log.addEvaluation(this.#id, evaluationIn(event, this.#config));
        return;
      case 'progress':
      case 'note':
        return;
    }
  }

  /** Writes what is pending. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#points.length === 0 && this.#checkpoints.size === 0) return;
    this.#log.transaction(() => {
      this.#log.metrics.append(this.#id, this.#points);
      for (const checkpoint of this.#checkpoints.values())
        this.#log.evaluations.putCheckpoint(this.#id, checkpoint);
      // All metrics before the checkpoint were reported before it, so they are written by now.
      if (this.#logBytes !== null) this.#log.runs.setLogBytes(this.#id, this.#logBytes);
    });
    this.#points = [];
    this.#checkpoints.clear();
    this.#logBytes = null;
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => {
      try {
        this.flush();
      } catch {
        this.#writeSoon();
      }
    }, millisecondsBetweenWrites);
  }
}
