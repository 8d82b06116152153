import { describe, expect, it } from 'vitest';
import { decide, decideChain } from '../../src-main/statistics/decision.ts';
import { evidenceOf, type SeedPair } from '../../src-main/statistics/evidence.ts';
import { pairedCounts } from '../../src-main/statistics/paired.ts';
import { toDecide } from '../../src-main/statistics/toDecide.ts';
import reference from './reference.json' with { type: 'json' };

function pairOf(first: Uint8Array, second: Uint8Array): SeedPair {
  return { first, second, counts: pairedCounts(first, second) };
}

/** Two nets of which the better is right wherever the other is. @param errors in % of 1,000 images */
function nested(first: number, second: number): SeedPair {
  const side = (error: number) =>
    Uint8Array.from({ length: 1000 }, (_, image) => (image < 10 * error - 0.5 ? 0 : 1));
  return pairOf(side(first), side(second));
}

/** @param counts of images right by the first alone, by the second alone, and by both */
function divided(onlyFirst: number, onlySecond: number, both: number): SeedPair {
  const images = onlyFirst + onlySecond + both;
  const first = Uint8Array.from({ length: images }, (_, image) =>
    image < onlyFirst ? 1 : image < onlyFirst + onlySecond ? 0 : 1,
  );
  const second = Uint8Array.from({ length: images }, (_, image) => (image < onlyFirst ? 0 : 1));
  return pairOf(first, second);
}

describe('evidence over seeds', () => {
  it.each(reference.seeds)(
    "is SciPy's paired t test where seeds vary more than images: $first, $second",
    (known) => {
      const evidence = evidenceOf(known.first.map((error, seed) => nested(error, known.second[seed] ?? NaN)));
      expect(evidence.effect).toBeCloseTo(known.effect, 9);
      expect(evidence.low).toBeCloseTo(known.low, 7);
      expect(evidence.high).toBeCloseTo(known.high, 7);
      expect(evidence.pValue).toBeCloseTo(known.pValue, 8);
      const margins = [1, 1.5];
      expect(margins.map(evidence.below)).toEqual(known.below.map((p) => expect.closeTo(p, 8) as number));
    },
  );

  it('is no surer than the images allow, however alike the seeds are', () => {
    const seeds = [divided(30, 20, 150), divided(30, 20, 150), divided(30, 20, 150)];
    const evidence = evidenceOf(seeds);
    expect(evidence.deviation).toBe(0);
    expect(evidence.pValue).toBeGreaterThan(0.05);
    expect(evidence.low).toBeLessThan(0);
    expect(evidence.high).toBeGreaterThan(0);
  });

  it('says nothing of no seeds', () => {
    expect(() => evidenceOf([])).toThrow(RangeError);
  });
});

describe('a decision', () => {
  const better = evidenceOf([divided(60, 20, 920)]);
  const alike = evidenceOf([divided(10, 11, 9979)]);

  it('is for less where the first side errs less, against it where it errs more', () => {
    expect(decide({ kind: 'less', margin: 0 }, better)).toEqual({ inFavour: true, pValue: better.pValue });
    const worse = evidenceOf([divided(20, 60, 920)]);
    expect(decide({ kind: 'less', margin: 0 }, worse)).toEqual({ inFavour: false, pValue: worse.pValue });
    expect(better.pValue).toBeLessThan(1e-4);
  });

  it('is for no worse by a margin where the interval is below it', () => {
    const { pValue, inFavour } = decide({ kind: 'less', margin: 0.5 }, alike);
    expect(inFavour).toBe(true);
    expect(pValue).toBeLessThan(0.001);
    expect(decide({ kind: 'less', margin: 0 }, alike).pValue).toBe(1);
  });

  it('is for equal by two one-sided tests, and against it beyond the margin', () => {
    expect(decide({ kind: 'equal', margin: 0.5 }, alike)).toMatchObject({ inFavour: true });
    expect(decide({ kind: 'equal', margin: 0.5 }, alike).pValue).toBeLessThan(0.001);
    const apart = decide({ kind: 'equal', margin: 0.5 }, better);
    expect(apart.inFavour).toBe(false);
    expect(apart.pValue).toBeLessThan(0.001);
    // Few images show neither.
    expect(decide({ kind: 'equal', margin: 0.5 }, evidenceOf([divided(3, 4, 93)])).pValue).toBeGreaterThan(
      0.05,
    );
  });

  it('of a chain is that of its weakest pair, or of a pair the other way round among all', () => {
    const worse = evidenceOf([divided(20, 60, 920)]);
    const weak = evidenceOf([divided(22, 20, 958)]);
    expect(decideChain([better, weak])).toEqual({ inFavour: true, pValue: weak.pValue });
    expect(decideChain([better, worse, weak])).toEqual({ inFavour: false, pValue: 3 * worse.pValue });
  });
});

describe('what would decide', () => {
  it('is a number of images at which the same difference is just outside chance', () => {
    const one = evidenceOf([divided(104, 96, 800)]);
    const { images, seeds } = toDecide({ kind: 'less', margin: 0 }, one, 0.05);
    // A fifth of the images divides the nets, 0.8 points: 0.2 · (1.96 / 0.008)².
    expect(images).toBe(12_005);
    expect(seeds).toBeNull();
  });

  it('is a number of seeds where there are several', () => {
    const several = evidenceOf([nested(20, 21), nested(20, 20.5), nested(21, 20.8)]);
    const { images, seeds } = toDecide({ kind: 'less', margin: 0 }, several, 0.05);
    expect(images).toBeNull();
    // Mean −0.433, deviation 0.603: t(8) · 0.603 / √9 = 0.463 is too much, t(9) · 0.603 / √10 = 0.431 is not.
    expect(seeds).toBe(10);
  });

  it('is nothing where there is no difference at all', () => {
    expect(toDecide({ kind: 'less', margin: 0 }, evidenceOf([divided(5, 5, 90)]), 0.05)).toEqual({
      images: null,
      seeds: null,
    });
  });
});
