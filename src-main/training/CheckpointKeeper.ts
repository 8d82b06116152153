import { statSync } from 'node:fs';
import type { TrainingEvent } from './events.ts';
import { keepAsBest, keepEpoch, lacksBest, lacksEpoch, saveCheckpoint, type RunState } from './checkpoint.ts';
import { checkpointPath, epochKind, type CheckpointKind } from './checkpointFiles.ts';
import type { StartingPoint } from './startingPoint.ts';
import type { TrainingJob } from './TrainingJob.ts';

/** Saves the weights of a run to disk while it trains, and reports each file. */
export class CheckpointKeeper {
  readonly #job: TrainingJob;
  readonly #trained: Pick<StartingPoint, 'parameters' | 'optimiser'>;
  readonly #report: (event: TrainingEvent) => void;

  constructor(
    job: TrainingJob,
    trained: Pick<StartingPoint, 'parameters' | 'optimiser'>,
    report: (event: TrainingEvent) => void,
  ) {
    this.#job = job;
    this.#trained = trained;
    this.#report = report;
  }

  /** Writes the checkpoint from which the run can be resumed, with the length of the log in its state. */
  keepLast(state: RunState): void {
    state.logBytes = this.#job.flushLog();
    const { parameters, optimiser } = this.#trained;
    this.#kept('last', state, saveCheckpoint(this.#job.checkpointFolder, parameters, optimiser, state));
  }

  /** Keeps the last checkpoint also as the best. */
  keepBest(state: RunState): void {
    const { checkpointFolder } = this.#job;
    keepAsBest(checkpointFolder);
    this.#kept('best', state, statSync(checkpointPath(checkpointFolder, 'best')).size);
  }

  /** Keeps the weights after an epoch, if the configuration requests them and they are not kept yet. */
  keepEpochIfDue(state: RunState): void {
    const { checkpointFolder, config } = this.#job;
    if (!lacksEpoch(checkpointFolder, config.training.keepEpochs, state)) return;
    this.#kept(epochKind(state.epoch), state, keepEpoch(checkpointFolder, this.#trained.parameters, state));
  }

  /** Makes up for a kill after the last checkpoint, with the given state, but before its copies were kept. */
  keepWhatIsMissing(state: RunState): void {
    if (lacksBest(this.#job.checkpointFolder, state)) this.keepBest(state);
    this.keepEpochIfDue(state);
  }

  #kept(kind: CheckpointKind, { step, epoch, logBytes }: RunState, bytes: number): void {
    this.#report({ type: 'checkpoint', kind, step, epoch, bytes, logBytes });
  }
}
