import { describe, expect, it } from 'vitest';
import { learningOf, smoothedSteps } from '../../src-main/training/learning.ts';

/** Losses of steps 1, 2, …; ten classes: chance is ln 10 = 2.3026, its 95 % are 2.1875. */
function judged(values: readonly number[], classes = 10) {
  return learningOf({ steps: values.map((_, index) => index + 1), values }, classes);
}

const times = (count: number, value: number) => Array.from({ length: count }, () => value);

describe('learningOf', () => {
  it('says nothing of fewer steps than are smoothed', () => {
    expect(judged(times(smoothedSteps - 1, 2.3))).toBeNull();
  });

  it('calls a net that never left chance level stalled, without a step', () => {
    expect(judged(times(100, 2.3026))).toEqual({ kind: 'stalled', step: null });
    expect(judged(times(20, 2.19))).toEqual({ kind: 'stalled', step: null });
    expect(judged(times(20, 2.18))).toEqual({ kind: 'learns', step: 20 });
  });

  it('finds the step at which a net leaves chance level', () => {
    // Nine of 20 below: the median is 2.3; with the tenth it is (1 + 2.3) / 2 = 1.65.
    expect(judged([...times(30, 2.3), ...times(40, 1)])).toEqual({ kind: 'learns', step: 40 });
  });

  it('finds the step at which a net that learnt comes back to chance', () => {
    // Ten of 20 above: the median is (1 + 2.31) / 2 = 1.655, below; with the eleventh it is 2.31.
    expect(judged([...times(30, 1), ...times(30, 2.31)])).toEqual({ kind: 'stalled', step: 41 });
  });

  it('takes a loss above chance for stalled, too: a first loss of an overflowing net', () => {
    expect(judged(times(30, 5000))).toEqual({ kind: 'stalled', step: null });
  });

  it('is not misled by a spike', () => {
    expect(judged([...times(30, 1), 1e6, ...times(5, 1)])).toEqual({ kind: 'learns', step: 20 });
  });

  it('knows chance level by the classes', () => {
    // 95 % of ln 2 is 0.658, of ln 1000 is 6.56.
    expect(judged(times(20, 0.67), 2)?.kind).toBe('stalled');
    expect(judged(times(20, 6.5), 1000)?.kind).toBe('learns');
  });

  it('names the first step whose loss is no number, and looks no further', () => {
    expect(judged([1, 2, Infinity, 3, NaN])).toEqual({ kind: 'diverged', step: 3 });
    expect(judged([...times(30, 1), NaN, ...times(30, 1)])).toEqual({ kind: 'diverged', step: 31 });
  });
});
