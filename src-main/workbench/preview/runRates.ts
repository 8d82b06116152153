import type { RunLog } from '../../runs/RunLog.ts';
import type { Rate } from './RateFile.ts';
import { trainedHere, type TrainedHere } from './trainedHere.ts';

/** Number of newest runs that are read for rates. */
const runsAsked = 50;

/** A rate that a run gave. */
export interface MeasuredByRun extends Rate {
  dataset: string;
  /** Null where it cannot be told. */
  startSeconds: number | null;
}

/** The rates of the newest runs, with how they were measured. What ended runs say is kept. */
export class RunRates {
  /** Null for those that were not trained here. */
  readonly #ended = new Map<string, TrainedHere | null>();

  /** Beside other programs is known of none how it would be without them. */
  read(log: RunLog): MeasuredByRun[] {
    const trained = this.#trained(log);
    return trained.flatMap((run) => {
      if (run.rate === null) return [];
      const { isHeldUp, ...rate } = run.rate;
      const isAlone = trained.every((other) => other === run || !overlap(other, run));
      return [{ ...rate, alone: isHeldUp ? null : isAlone }];
    });
  }

  /** Whether a run is trained on this processor now. */
  isBusy(log: RunLog, processor: string): boolean {
    return this.#trained(log).some((run) => run.processor === processor && run.to === null);
  }

  #trained(log: RunLog): TrainedHere[] {
    return log.runs
      .ids()
      .slice(0, runsAsked)
      .map((id) => {
        const known = this.#ended.get(id);
        if (known !== undefined) return known;
        const { trained, isFinal } = trainedHere(log, id);
        if (isFinal) this.#ended.set(id, trained);
        return trained;
      })
      .filter((run) => run !== null);
  }
}

/** A run that was interrupted counts as trained all the while: it may say less than it could, but nothing wrong. */
function overlap(one: TrainedHere, other: TrainedHere): boolean {
  const isBefore = (first: TrainedHere, second: TrainedHere) => first.to !== null && first.to <= second.from;
  return one.processor === other.processor && !isBefore(one, other) && !isBefore(other, one);
}
