import type { RunLog } from '../runs/RunLog.ts';
import type { MetricPoint } from '../runs/records.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { TrainingEvent } from '../training/events.ts';

/** Points are written together, at most this often: a transaction a step would be slower than a small net's steps. */
const millisecondsBetweenWrites = 500;

/** Writes what a trainer tells of a run into the log. */
export class RunRecorder {
  readonly #log: RunLog;
  readonly #id: string;
  readonly #config: RunConfig;
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
        log.setDataset(this.#id, event.dataset);
        return;
      case 'metrics': {
        const { step, epoch, seconds } = event;
        for (const [name, value] of Object.entries(event.values)) {
          this.#points.push({ step, epoch, seconds, name, value });
        }
        this.#timer ??= setTimeout(() => {
          this.flush();
        }, millisecondsBetweenWrites);
        return;
      }
      case 'checkpoint': {
        this.flush();
        const { kind, step, epoch, bytes } = event;
        const path = log.folder(this.#id).checkpointName(kind);
        log.evaluations.putCheckpoint(this.#id, {
          kind,
          step,
          epoch,
          bytes,
          path,
          createdAt: new Date().toISOString(),
        });
        return;
      }
      case 'evaluation': {
        const { type: _type, dataset, checkpoint, step, ...result } = event;
        if (checkpoint === null || step === null) throw new Error('A run is scored by one of its checkpoints.');
        log.addEvaluation(this.#id, {
          ...result,
          checkpoint,
          step,
          trainScale: this.#config.data.trainScale,
          dataset: dataset.name,
          datasetFingerprint: dataset.valFingerprint,
          split: 'val',
          createdAt: new Date().toISOString(),
        });
        return;
      }
      case 'progress':
        return;
    }
  }

  /** Writes the points that wait. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#points.length === 0) return;
    this.#log.metrics.append(this.#id, this.#points);
    this.#points = [];
  }
}
