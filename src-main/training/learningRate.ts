import type { RunConfig } from '../configuration/schema.ts';

type Settings = Pick<RunConfig['training'], 'schedule' | 'warmUpEpochs' | 'epochs'>;

/**
 * The learning rate of one step.
 *
 * During warm-up it rises evenly from its first part to all of `rate` (Goyal et al. 2017). Then `plateau` leaves it as
 * it is: PlateauSchedule lowers `rate` itself. `linear` and `cosine` (Loshchilov and Hutter 2017, without restarts) lower
 * it at every step, so that it would be 0 at the step after the last.
 *
 * @param rate the rate without warm-up and decay
 * @param step steps done before this one, in the whole run
 */
export function learningRateOf(
  { schedule, warmUpEpochs, epochs }: Settings,
  rate: number,
  { step, stepsPerEpoch }: { step: number; stepsPerEpoch: number },
): number {
  const warmUp = Math.round(warmUpEpochs * stepsPerEpoch);
  if (step < warmUp) return (rate * (step + 1)) / warmUp;
  if (schedule === 'plateau') return rate;
  const part = (step - warmUp) / (epochs * stepsPerEpoch - warmUp);
  return schedule === 'linear' ? rate * (1 - part) : (rate * (1 + Math.cos(Math.PI * part))) / 2;
}
