import type { TrainScale } from '../vocabulary/scales.ts';

/** The longest S and Q, in pixels, that a configuration takes. */
export const longestScale = 4096;

/** S for a crop when none is given: the paper's ratio, 256 for 224 (Sect. 3.1), to the nearest whole pixel there is. */
export function defaultTrainScale(crop: number): number {
  return Math.min(longestScale, Math.round((crop * 256) / 224));
}

/** Q for an S when none is given: S itself, or the middle of the range (Sect. 4.1). */
export function defaultTestScales(trainScale: TrainScale): number[] {
  return [typeof trainScale === 'number' ? trainScale : Math.round((trainScale[0] + trainScale[1]) / 2)];
}
