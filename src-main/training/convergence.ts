import { convergenceBounds, type Convergence } from '../vocabulary/convergence.ts';
import type { Learning } from '../vocabulary/learning.ts';

/** A series of values, one for each validation or step. */
export interface Curve {
  epochs: readonly number[];
  values: readonly number[];
}

/** The curves of one training, by which it is judged. */
export interface TrainingCurves {
  /** Whether its loss is below chance level. */
  learning: Learning['kind'] | null;
  /** Top-1 errors of the last training batches, in %. */
  trainErrors: readonly number[];
  /** Top-1 error in %, and loss, of each validation. */
  error: Curve;
  loss: Curve;
  /** The learning rates before the first step and at the last; the latter is undefined if none was logged. */
  firstRate: number;
  lastRate: number | undefined;
  /** Whether the rate falls to 0 by a schedule, whatever the curves do. */
  scheduled: boolean;
  /** Number of images that a validation scores; null if unknown. */
  valImages: number | null;
}

const { fewestValidations, mostInWindow, leastFall, endOfSchedule, risen } = convergenceBounds;

/**
 * How a training ended. What counts as improvement is what the validations can show: the fall of a straight line through
 * the errors of the last third of them (three to ten), if it is more than half a point and more than the standard error
 * of one such error over its images.
 *
 * @returns null if there were fewer than three validations, and the loss says nothing either
 */
export function convergenceOf(curves: TrainingCurves): Convergence | null {
  const { learning, trainErrors, error, loss, firstRate, lastRate = firstRate, valImages } = curves;
  const window = Math.min(mostInWindow, Math.max(fewestValidations, Math.ceil(error.values.length / 3)));
  const last: Curve = { epochs: error.epochs.slice(-window), values: error.values.slice(-window) };
  const pointsPerEpoch = error.values.length < fewestValidations ? null : -slopeOf(last);
  const judged = (kind: Convergence['kind']): Convergence => ({
    kind,
    pointsPerEpoch,
    trainError: trainErrors.length === 0 ? null : meanOf(trainErrors),
  });
  if (learning === 'diverged' || learning === 'stalled') return judged(learning);
  if (pointsPerEpoch === null) return null;
  const span = (last.epochs.at(-1) ?? 0) - (last.epochs[0] ?? 0);
  if (pointsPerEpoch * span > Math.max(leastFall, standardError(meanOf(last.values), valImages)))
    return judged(curves.scheduled && lastRate <= endOfSchedule * firstRate ? 'schedule-ended' : 'improving');
  if (meanOf(loss.values.slice(-window)) > risen * Math.min(...loss.values)) return judged('overfitting');
  return judged(lastRate < firstRate ? 'converged' : 'rate-never-dropped');
}

/** Of a share in %, over so many images. */
function standardError(percent: number, images: number | null): number {
  return images === null || images === 0 ? 0 : Math.sqrt((percent * (100 - percent)) / images);
}

/** The slope of the straight line of least squares. */
function slopeOf({ epochs, values }: Curve): number {
  const [x, y] = [meanOf(epochs), meanOf(values)];
  let products = 0;
  let squares = 0;
  for (const [index, epoch] of epochs.entries()) {
    products += (epoch - x) * ((values[index] ?? NaN) - y);
    squares += (epoch - x) ** 2;
  }
  return products / squares;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
