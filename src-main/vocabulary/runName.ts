import { runKeyIn } from './runKey.ts';
import { sameScales, shownTrainScale, type TrainScale } from './scales.ts';

/** What tells a run to a person. */
interface Named {
  id: string;
  /** Empty if it was given none. */
  name: string;
  /** S in pixels, as it was trained; undefined where that is not known. */
  trainScale?: TrainScale;
}

/**
 * What a run is called: its name, else its id. A study names its runs by the S that the paper's rows have; where a run's own is
 * another, since its crop is, that stands beside it: `A@256#1 (S 37)`.
 */
export function runName({ id, name, trainScale }: Named): string {
  if (name === '') return id;
  const named = runKeyIn(name)?.trainScale;
  if (named === undefined || trainScale === undefined || sameScales(named, trainScale)) return name;
  return `${name} (S ${shownTrainScale(trainScale)})`;
}
