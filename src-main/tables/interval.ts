import { overSeeds, wilson, type Interval } from '../statistics/intervals.ts';

/** The 95 % interval of an error: of one seed over images by Wilson, of several over seeds by Student. @param errors in % */
export function intervalOf(errors: readonly number[], images: number): Interval {
  const [only = NaN, second] = errors;
  return second === undefined ? wilson(only, images) : overSeeds(errors);
}
