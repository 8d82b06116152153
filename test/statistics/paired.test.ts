import { describe, expect, it } from 'vitest';
import {
  fairCoin,
  normal,
  normalQuantile,
  student,
  studentQuantile,
} from '../../src-main/statistics/distributions.ts';
import { holm } from '../../src-main/statistics/holm.ts';
import { overSeeds, wilson } from '../../src-main/statistics/intervals.ts';
import { pairedComparison, pairedCounts } from '../../src-main/statistics/paired.ts';
import reference from './reference.json' with { type: 'json' };

/** Digits after which SciPy and Cephes may differ. */
const digits = 9;

describe('distributions, as SciPy has them', () => {
  it.each(reference.distributions.student)('student(%f, %i) = %f', (t = NaN, freedom = NaN, p = NaN) => {
    expect(student(t, freedom)).toBeCloseTo(p, digits);
  });
  it.each(reference.distributions.studentQuantile)(
    'studentQuantile(%f, %i) = %f',
    (p = NaN, freedom = NaN, t = NaN) => {
      expect(studentQuantile(p, freedom) / t).toBeCloseTo(1, digits);
    },
  );
  it.each(reference.distributions.normal)('normal(%f) = %f', (x = NaN, p = NaN) => {
    expect(normal(x)).toBeCloseTo(p, digits);
  });
  it.each(reference.distributions.normalQuantile)('normalQuantile(%f) = %f', (p = NaN, x = NaN) => {
    expect(normalQuantile(p)).toBeCloseTo(x, digits);
  });
  it.each(reference.distributions.fairCoin)('fairCoin(%i, %i) = %f', (hits = NaN, trials = NaN, p = NaN) => {
    expect(fairCoin(hits, trials) / p).toBeCloseTo(1, digits);
  });
});

describe('a paired comparison', () => {
  it.each(reference.pairs)('of %o has the p of statsmodels', (pair) => {
    const compared = pairedComparison(pair);
    expect(compared.pValue).toBeCloseTo(pair.pValue, digits);
    const { difference, low, high } = compared;
    expect(difference).toBeCloseTo(
      (100 * (pair.onlySecondRight - pair.onlyFirstRight)) / pair.images,
      digits,
    );
    expect(low).toBeLessThanOrEqual(difference);
    expect(high).toBeGreaterThanOrEqual(difference);
  });

  // The example of ci.prop.ps in Bonett's R package statpsych: (.05, 12, 26, 4, 6), or here with the sign of errors.
  it('has the interval that Bonett and Price publish', () => {
    const { low, high } = pairedComparison({ images: 48, onlyFirstRight: 26, onlySecondRight: 4 });
    expect(low).toBeCloseTo(-62.51933, 4);
    expect(high).toBeCloseTo(-25.48067, 4);
  });

  it('changes only its sign when the sides are swapped', () => {
    const one = pairedComparison({ images: 400, onlyFirstRight: 30, onlySecondRight: 52 });
    const other = pairedComparison({ images: 400, onlyFirstRight: 52, onlySecondRight: 30 });
    expect(other).toEqual({
      ...one,
      difference: -one.difference,
      low: -one.high,
      high: -one.low,
      onlyFirstRight: 52,
      onlySecondRight: 30,
    });
  });

  it('counts the images that divide two nets', () => {
    expect(pairedCounts(Uint8Array.of(1, 1, 0, 0, 1), Uint8Array.of(1, 0, 1, 0, 0))).toEqual({
      images: 5,
      onlyFirstRight: 2,
      onlySecondRight: 1,
    });
    expect(() => pairedCounts(new Uint8Array(2), new Uint8Array(3))).toThrow('same images');
  });
});

it.each(reference.families)("adjusts %o as statsmodels does by Holm's method", ({ pValues, adjusted }) => {
  const ours = holm(pValues);
  expect(ours).toHaveLength(adjusted.length);
  for (const [index, p] of adjusted.entries()) expect(ours[index]).toBeCloseTo(p, digits);
});

it.each(reference.wilson)("has SciPy's interval by Wilson for %o", ({ wrong, images, low, high }) => {
  const interval = wilson((100 * wrong) / images, images);
  expect(interval.low).toBeCloseTo(low, 8);
  expect(interval.high).toBeCloseTo(high, 8);
});

it("has Student's interval over seeds", () => {
  // R: t.test(c(12, 14, 13)) gives 10.51586 to 15.48414.
  const { low, high } = overSeeds([12, 14, 13]);
  expect(low).toBeCloseTo(10.51586, 5);
  expect(high).toBeCloseTo(15.48414, 5);
});
