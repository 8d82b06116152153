import { describe, expect, it } from 'vitest';
import { errorRates, rankOfLabel } from '../../src-main/evaluation/errors.ts';

describe('error rates', () => {
  it('counts, by hand, three images of six classes', () => {
    const scores = Float32Array.from([
      ...[0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
      ...[0.3, 0.4, 0.1, 0.1, 0.05, 0.05],
      ...[0.3, 0.25, 0.2, 0.15, 0.09, 0.01],
    ]);
    // Right; second; last of six.
    const { top1Error, top5Error } = errorRates(scores, 6, [0, 0, 5]);
    expect(top1Error).toBeCloseTo(200 / 3);
    expect(top5Error).toBeCloseTo(100 / 3);
  });

  it('does not take a constant answer for a right one', () => {
    const scores = new Float32Array(10).fill(0.1);
    expect(rankOfLabel(scores, 10, 0, 7)).toBe(7);
  });

  it('takes an answer that is no number for a wrong one', () => {
    const scores = new Float32Array(10).fill(NaN);
    expect(errorRates(scores, 10, [3])).toEqual({ top1Error: 100, top5Error: 100 });
  });
});
