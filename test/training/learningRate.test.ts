import { expect, it } from 'vitest';
import { learningRateOf } from '../../src-main/training/learningRate.ts';

/** The rates of ten steps, two epochs of five. */
function rates(schedule: 'plateau' | 'linear' | 'cosine', warmUpEpochs: number): number[] {
  const settings = { schedule, warmUpEpochs, epochs: 2 };
  return Array.from({ length: 10 }, (_, step) => learningRateOf(settings, 0.1, { step, stepsPerEpoch: 5 }));
}

/*
 * As PyTorch 2.14 gives them: LinearLR(o, 1, 0, 10), CosineAnnealingLR(o, 10), and after LinearLR(o, 1/4, 1, 3) as warm-up
 * CosineAnnealingLR(o, 6) or LinearLR(o, 1, 0, 6), by SequentialLR with the milestone 4.
 */
it.each([
  ['linear', 0, [0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01]],
  [
    'cosine',
    0,
    [
      0.1, 0.097552826, 0.09045085, 0.079389263, 0.06545085, 0.05, 0.03454915, 0.020610737, 0.0095491503,
      0.0024471742,
    ],
  ],
  ['cosine', 0.8, [0.025, 0.05, 0.075, 0.1, 0.1, 0.09330127, 0.075, 0.05, 0.025, 0.0066987298]],
  ['linear', 0.8, [0.025, 0.05, 0.075, 0.1, 0.1, 0.083333333, 0.066666667, 0.05, 0.033333333, 0.016666667]],
  ['plateau', 0.8, [0.025, 0.05, 0.075, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]],
] as const)('%s after %d epochs of warm-up falls as in PyTorch', (schedule, warmUp, expected) => {
  for (const [step, rate] of rates(schedule, warmUp).entries())
    expect(rate).toBeCloseTo(expected[step] ?? NaN, 8);
});
