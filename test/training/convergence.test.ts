import { describe, expect, it } from 'vitest';
import { convergenceOf, type TrainingCurves } from '../../src-main/training/convergence.ts';

/** Curves with one validation an epoch, at a rate that fell. */
function curves(errors: readonly number[], changes: Partial<TrainingCurves> = {}): TrainingCurves {
  const epochs = errors.map((_, index) => index);
  return {
    learning: 'learns',
    trainErrors: [20, 30],
    error: { epochs, values: errors },
    loss: { epochs, values: errors.map((error) => error / 50) },
    firstRate: 0.01,
    lastRate: 0.001,
    valImages: 10_000,
    scheduled: false,
    ...changes,
  };
}

const level = [60, 50, 40, 35, 30, 30, 30.1, 29.9, 30];

describe('how a training ended', () => {
  it('is converged where the error is level and the rate has fallen, with the training error beside it', () => {
    expect(convergenceOf(curves(level))).toMatchObject({ kind: 'converged', trainError: 25 });
  });

  it('is still improving by the slope of the last third: 50, 44 and 38 in three epochs are 6 points an epoch', () => {
    const { kind, pointsPerEpoch } = convergenceOf(curves([80, 70, 60, 55, 52, 50, 44, 38])) ?? {};
    expect(kind).toBe('improving');
    expect(pointsPerEpoch).toBeCloseTo(6, 10);
  });

  it('is the end of a schedule where the rate came to a tenth of the first by plan and the error still fell', () => {
    const falling = [80, 70, 60, 55, 52, 50, 44, 38];
    const kindOf = (changes: Partial<TrainingCurves>) => convergenceOf(curves(falling, changes))?.kind;
    expect(kindOf({ scheduled: true, lastRate: 0.001 })).toBe('schedule-ended');
    expect(kindOf({ scheduled: true, lastRate: 0.0011 })).toBe('improving');
    expect(kindOf({ scheduled: false, lastRate: 0.001 })).toBe('improving');
    expect(convergenceOf(curves(level, { scheduled: true }))?.kind).toBe('converged');
  });

  it('counts no fall below the standard error: at 50 % of 100 images it is 5 points', () => {
    const errors = [70, 60, 52, 50, 48];
    expect(convergenceOf(curves(errors, { valImages: 100 }))?.kind).toBe('converged');
    expect(convergenceOf(curves(errors, { valImages: 10_000 }))?.kind).toBe('improving');
  });

  it('counts epochs and not validations, where there are several an epoch', () => {
    const errors = [80, 70, 60, 55, 52, 50, 44, 38];
    const epochs = errors.map((_, index) => index / 4);
    expect(convergenceOf(curves(errors, { error: { epochs, values: errors } }))?.pointsPerEpoch).toBeCloseTo(
      24,
      10,
    );
  });

  it('is overfitting where the loss has risen by a tenth since and the error falls no more', () => {
    const values = [2, 1.5, 1, 0.9, 0.9, 1, 1.1, 1.2, 1.3];
    const loss = { epochs: level.map((_, index) => index), values };
    expect(convergenceOf(curves(level, { loss }))?.kind).toBe('overfitting');
  });

  it('says that the rate never dropped, if only that is wrong', () => {
    expect(convergenceOf(curves(level, { lastRate: 0.01 }))?.kind).toBe('rate-never-dropped');
  });

  it('is stalled or diverged by the loss, however short the run', () => {
    expect(convergenceOf(curves([90], { learning: 'stalled' }))?.kind).toBe('stalled');
    expect(convergenceOf(curves([], { learning: 'diverged' }))).toMatchObject({
      kind: 'diverged',
      pointsPerEpoch: null,
    });
  });

  it('is not said of fewer than three validations', () => {
    expect(convergenceOf(curves([50, 40]))).toBeNull();
  });
});
