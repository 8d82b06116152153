import { fairCoin, normalQuantile } from './distributions.ts';

/** Two evaluations of the same images. */
export interface PairedComparison {
  /** In percentage points of top-1 error, first minus second. */
  difference: number;
  /** The 95 % interval of Bonett and Price (2012). */
  low: number;
  high: number;
  onlyFirstRight: number;
  onlySecondRight: number;
  /** Of the exact two-sided test of McNemar. */
  pValue: number;
  images: number;
}

/** How two nets did on the same images. */
export interface PairedCounts {
  images: number;
  /** Right by one of them alone. */
  onlyFirstRight: number;
  onlySecondRight: number;
}

/** @param first whether each image is right; second the same images in the same order */
export function pairedCounts(first: Uint8Array, second: Uint8Array): PairedCounts {
  if (first.length !== second.length) throw new RangeError('Pairs are of the same images.');
  let [onlyFirstRight, onlySecondRight] = [0, 0];
  for (let image = 0; image < first.length; image++) {
    const [one, other] = [first[image] === 1, second[image] === 1];
    if (one && !other) onlyFirstRight++;
    if (other && !one) onlySecondRight++;
  }
  return { images: first.length, onlyFirstRight, onlySecondRight };
}

/**
 * McNemar's exact test, two-sided: how likely the images that divide two nets would be divided as unevenly by chance.
 * It is 1 where no image divides them.
 */
export function exactMcNemar({ onlyFirstRight, onlySecondRight }: PairedCounts): number {
  const divided = onlyFirstRight + onlySecondRight;
  if (divided === 0) return 1;
  return Math.min(1, 2 * fairCoin(Math.min(onlyFirstRight, onlySecondRight), divided));
}

/** A difference of two proportions with its standard error, both as shares, from which an interval is made. */
export interface AdjustedDifference {
  /** The centre of the interval, a little nearer to 0 than what was measured. */
  centre: number;
  error: number;
}

/** The adjusted Wald estimate of Bonett and Price (2012): two images more, one for each side. */
export function bonettPrice({ images, onlyFirstRight, onlySecondRight }: PairedCounts): AdjustedDifference {
  const total = images + 2;
  const worse = (onlySecondRight + 1) / total;
  const better = (onlyFirstRight + 1) / total;
  const centre = worse - better;
  return { centre, error: Math.sqrt((worse + better - centre ** 2) / total) };
}

/** The difference of two nets on the same images, in points of top-1 error, first minus second. */
export function pairedComparison(counts: PairedCounts): PairedComparison {
  const { images, onlyFirstRight, onlySecondRight } = counts;
  const { centre, error } = bonettPrice(counts);
  const half = normalQuantile(0.975) * error;
  return {
    difference: (100 * (onlySecondRight - onlyFirstRight)) / images,
    low: 100 * Math.max(-1, centre - half),
    high: 100 * Math.min(1, centre + half),
    onlyFirstRight,
    onlySecondRight,
    pValue: exactMcNemar(counts),
    images,
  };
}
