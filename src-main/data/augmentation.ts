import { Draws } from '../foundation/random.ts';
import type { TrainScale } from '../vocabulary/scales.ts';
import type { CropPlace } from './crop.ts';
import type { TrainingStatistics } from './statistics.ts';

/** What decides the random view of a training image (Sect. 3.1). */
export interface Augmentation {
  seed: number;
  trainScale: TrainScale;
  crop: number;
  horizontalFlip: boolean;
}

/** S of one image in one epoch: fixed, or a whole number drawn uniformly from [Smin; Smax]. */
export function drawScale({ seed, trainScale }: Augmentation, epoch: number, image: number): number {
  return typeof trainScale === 'number'
    ? trainScale
    : new Draws(seed, 'scale', epoch, image).integer(trainScale[0], trainScale[1]);
}

/** One crop per image and epoch, uniform over all places in the rescaled image, mirrored half of the time. */
export function drawCrop(
  { seed, crop, horizontalFlip }: Augmentation,
  epoch: number,
  image: number,
  rescaled: { width: number; height: number },
): CropPlace {
  const draws = new Draws(seed, 'crop', epoch, image);
  return {
    top: draws.integer(0, rescaled.height - crop),
    left: draws.integer(0, rescaled.width - crop),
    flip: horizontalFlip && new Draws(seed, 'flip', epoch, image).uniform() < 0.5,
  };
}

/**
 * The random colour shift of one image in one epoch: [p1 p2 p3][a1·d1, a2·d2, a3·d3]ᵀ in grey levels (0–255), where
 * a ~ N(0, `deviation`), p are the principal components of RGB and d its standard deviations along them.
 *
 * AlexNet, where the shift comes from, multiplies by the eigenvalue of the covariance, a variance, so that the shift
 * would depend on the unit of the pixels: along the first component of ImageNet ~900 grey levels for pixels in 0–255,
 * ~4 for pixels in 0–1. With the deviation, its square root, the shift does not depend on the unit: it is a tenth of
 * the training set's own spread, on ImageNet ~10 grey levels. Common implementations shift by ~5 along that component
 * (0.2175 for pixels in 0–1).
 */
export function drawColourShift(
  statistics: TrainingStatistics,
  deviation: number,
  { seed, epoch, image }: { seed: number; epoch: number; image: number },
): [number, number, number] {
  const shift: [number, number, number] = [0, 0, 0];
  if (deviation === 0) return shift;
  const draws = new Draws(seed, 'colour', epoch, image);
  statistics.eigenvalues.forEach((eigenvalue, component) => {
    const length = draws.normal(deviation) * Math.sqrt(eigenvalue);
    const [red, green, blue] = statistics.eigenvectors[component] ?? [0, 0, 0];
    shift[0] += length * red;
    shift[1] += length * green;
    shift[2] += length * blue;
  });
  return shift;
}
