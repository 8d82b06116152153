import type { ErrorRates } from '../vocabulary/errorRates.ts';

/**
 * The rank of the label: how many classes score higher. An equal score counts as higher if its class comes first, so
 * that a constant output does not count as a right answer.
 *
 * @param scores [images, classes], row by row
 */
export function rankOfLabel(scores: Float32Array, classes: number, image: number, label: number): number {
  const row = image * classes;
  const score = scores[row + label] ?? NaN;
  // A score that is NaN says nothing about the image: it counts as a wrong answer.
  if (Number.isNaN(score)) return classes;
  let rank = 0;
  for (let other = 0; other < classes; other++) {
    const rival = scores[row + other] ?? NaN;
    if (rival > score || (rival === score && other < label)) rank++;
  }
  return rank;
}

/** The number of images whose label is not the first class, and not among the first five. */
export function countMisses(
  scores: Float32Array,
  classes: number,
  labels: ArrayLike<number>,
): { first: number; five: number } {
  let first = 0;
  let five = 0;
  for (let image = 0; image < labels.length; image++) {
    const rank = rankOfLabel(scores, classes, image, labels[image] ?? 0);
    if (rank >= 1) first++;
    if (rank >= 5) five++;
  }
  return { first, five };
}

/** Top-1 and top-5 error over all images. */
export function errorRates(scores: Float32Array, classes: number, labels: ArrayLike<number>): ErrorRates {
  const { first, five } = countMisses(scores, classes, labels);
  return { top1Error: (100 * first) / labels.length, top5Error: (100 * five) / labels.length };
}

/** Mean cross-entropy of posteriors [images, classes] with the labels; a posterior of 0 counts as the smallest float32. */
export function meanCrossEntropy(
  posteriors: Float32Array,
  classes: number,
  labels: ArrayLike<number>,
): number {
  const smallest = 1.17549435e-38;
  let sum = 0;
  for (let image = 0; image < labels.length; image++) {
    const posterior = posteriors[image * classes + (labels[image] ?? 0)] ?? NaN;
    sum -= Math.log(Math.max(posterior, smallest));
  }
  return sum / labels.length;
}
