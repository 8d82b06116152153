import { meanAndDeviation } from '../vocabulary/statistics.ts';
import { normal, normalQuantile, student, studentQuantile } from './distributions.ts';
import { bonettPrice, pairedComparison, type PairedCounts } from './paired.ts';

/** What was measured of the difference of two errors, first minus second, in points. */
export interface Evidence {
  effect: number;
  low: number;
  high: number;
  images: number;
  seeds: number;
  /** Against no difference, two-sided. */
  pValue: number;
  /** How likely a difference so small would be, were the true one `points` or more. */
  below: (points: number) => number;
  /** How likely a difference so great would be, were the true one `points` or less. */
  above: (points: number) => number;
  /** Deviation of the difference over seeds, in points; null for one seed. */
  deviation: number | null;
  /** Share of the images that divide the sides, the mean over seeds. */
  discordance: number;
  /** Of a chain, the difference of the neighbours that are least sure. */
  weakest?: number;
}

/** Whether the images of one seed were right on each side, image by image. */
export interface SeedPair {
  first: Uint8Array;
  second: Uint8Array;
  counts: PairedCounts;
}

/** @param pairs one for each seed, all of the same images in the same order */
export function evidenceOf(pairs: readonly SeedPair[]): Evidence {
  const [only, second] = pairs;
  if (!only) throw new RangeError('Nothing follows from no seeds.');
  return second === undefined ? ofOneSeed(only.counts) : ofSeeds(pairs);
}

function ofOneSeed(counts: PairedCounts): Evidence {
  const { difference: effect, low, high, images, pValue } = pairedComparison(counts);
  const { centre, error } = bonettPrice(counts);
  return {
    effect,
    low,
    high,
    images,
    pValue,
    seeds: 1,
    deviation: null,
    discordance: discordanceOf(counts),
    below: (points) => normal((centre - points / 100) / error),
    above: (points) => normal((points / 100 - centre) / error),
  };
}

/**
 * Of several seeds, paired by seed. Two things vary: the trainings, which the seeds show, and which images are in the test
 * set, which all seeds share. Each gives an interval and a test, and the more cautious of the two counts.
 */
function ofSeeds(pairs: readonly SeedPair[]): Evidence {
  const differences = pairs.map(({ counts }) => pairedComparison(counts).difference);
  const { mean: effect, deviation } = meanAndDeviation(differences);
  const seeds = pairs.length;
  const ofTrainings = { error: (deviation ?? 0) / Math.sqrt(seeds), freedom: seeds - 1 };
  const ofImages = { error: errorOverImages(pairs), freedom: null };
  const both = [ofTrainings, ofImages];
  const half = Math.max(...both.map(({ error, freedom }) => error * quantile(freedom)));
  const below = (points: number) =>
    Math.max(...both.map(({ error, freedom }) => tail(effect - points, error, freedom)));
  const above = (points: number) =>
    Math.max(...both.map(({ error, freedom }) => tail(points - effect, error, freedom)));
  return {
    effect,
    low: effect - half,
    high: effect + half,
    seeds,
    deviation,
    below,
    above,
    images: pairs[0]?.counts.images ?? 0,
    pValue: effect === 0 ? 1 : Math.min(1, 2 * (effect < 0 ? below(0) : above(0))),
    discordance: meanAndDeviation(pairs.map(({ counts }) => discordanceOf(counts))).mean,
  };
}

/** Of a difference of a standard error: P(no greater), normal without degrees of freedom. */
function tail(difference: number, error: number, freedom: number | null): number {
  if (error === 0) return difference < 0 ? 0 : 1;
  const ratio = difference / error;
  return freedom === null ? normal(ratio) : student(ratio, freedom);
}

function quantile(freedom: number | null): number {
  return freedom === null ? normalQuantile(0.975) : studentQuantile(0.975, freedom);
}

/** Standard error, in points, of the mean over images of each image's difference, itself the mean over seeds. */
function errorOverImages(pairs: readonly SeedPair[]): number {
  const images = pairs[0]?.counts.images ?? 0;
  let [sum, squares] = [0, 0];
  for (let image = 0; image < images; image++) {
    let difference = 0;
    for (const { first, second } of pairs) difference += (second[image] ?? 0) - (first[image] ?? 0);
    difference /= pairs.length;
    sum += difference;
    squares += difference ** 2;
  }
  // As in the interval for one seed, two images more that divide the sides, one each way: never 0.
  const total = images + 2;
  const mean = sum / total;
  return (100 * Math.sqrt((squares + 2) / total - mean ** 2)) / Math.sqrt(total);
}

function discordanceOf({ images, onlyFirstRight, onlySecondRight }: PairedCounts): number {
  return (onlyFirstRight + onlySecondRight) / images;
}
