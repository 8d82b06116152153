import { describe, expect, it } from 'vitest';
import { forestTicks, marksOf, placeOf, reachOf } from '../../../../src-renderer/views/claims/forest.ts';

const nothing = { effect: null, low: null, high: null, paperEffect: null, margin: null };

describe('the forest plot', () => {
  it('reaches as far as what is drawn, within bounds', () => {
    expect(reachOf([])).toBe(2);
    expect(
      reachOf([
        { ...nothing, paperEffect: -7 },
        { ...nothing, effect: 1, low: -3.2, high: 5.2 },
      ]),
    ).toBe(7);
    expect(reachOf([{ ...nothing, effect: -61.6, low: -65, high: -58 }])).toBe(12);
  });

  it('places values in the width by hand: −4 to 4', () => {
    expect([-4, -2, 0, 1, 4].map((value) => placeOf(value, 4))).toEqual([0, 25, 50, 62.5, 100]);
    expect(placeOf(-60, 4)).toBe(0);
  });

  it('shows what a claim allows: less than 0, no more than a margin, or within it to both sides', () => {
    const measured = { effect: -1, low: -6, high: 2, paperEffect: -0.4, margin: null };
    expect(marksOf({ ...measured, kind: 'less' }, 4)).toEqual({
      effect: 37.5,
      interval: [0, 75],
      paper: 45,
      beyond: [true, false],
      allowed: [0, 50],
    });
    expect(marksOf({ ...measured, kind: 'less', margin: 1 }, 4).allowed).toEqual([0, 62.5]);
    expect(marksOf({ ...measured, kind: 'equal', margin: 1 }, 4).allowed).toEqual([37.5, 62.5]);
    expect(marksOf({ ...nothing, kind: 'computed' }, 4)).toMatchObject({ effect: null, allowed: null });
  });

  it('has round ticks around 0', () => {
    expect(forestTicks(2)).toEqual([-2, -1, 0, 1, 2]);
    expect(forestTicks(5)).toEqual([-4, -2, 0, 2, 4]);
    expect(forestTicks(7)).toEqual([-6, -4, -2, 0, 2, 4, 6]);
    expect(forestTicks(12)).toEqual([-12, -8, -4, 0, 4, 8, 12]);
  });
});
