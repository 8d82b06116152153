import { meanAndDeviation } from '../vocabulary/statistics.ts';
import { normalQuantile, studentQuantile } from './distributions.ts';

/** A 95 % interval, in %. */
export interface Interval {
  low: number;
  high: number;
}

/** Of an error rate over images, by Wilson (1927): how far another draw of as many images could lie. @param percent the rate */
export function wilson(percent: number, images: number): Interval {
  const z = normalQuantile(0.975);
  const share = percent / 100;
  const total = images + z ** 2;
  const centre = (share * images + z ** 2 / 2) / total;
  const half = (z / total) * Math.sqrt(images * share * (1 - share) + z ** 2 / 4);
  return { low: 100 * Math.max(0, centre - half), high: 100 * Math.min(1, centre + half) };
}

/** Of the mean of error rates over seeds, by Student: how far the mean of other seeds could lie. At least two values. */
export function overSeeds(percents: readonly number[]): Interval {
  const { mean, deviation } = meanAndDeviation(percents);
  const half =
    (studentQuantile(0.975, percents.length - 1) * (deviation ?? NaN)) / Math.sqrt(percents.length);
  return { low: Math.max(0, mean - half), high: Math.min(100, mean + half) };
}
