import { describe, expect, it } from 'vitest';
import { decide, type Region } from '../../src-main/statistics/decision.ts';
import { evidenceOf, type SeedPair } from '../../src-main/statistics/evidence.ts';
import { holm } from '../../src-main/statistics/holm.ts';
import { pairedCounts } from '../../src-main/statistics/paired.ts';
import { Draws } from '../../src-main/foundation/random.ts';

const draws = new Draws(20_141_409, 'shuffling');
const level = 0.05;

interface Simulated {
  images: number;
  seeds: number;
  /** Points that the first side errs more, in truth. */
  difference: number;
  /** Deviation, in points, of one training's error about its recipe's. */
  ofTrainings?: number;
}

/** Trainings of two recipes, scored on the same images, which differ in how hard they are. */
function simulated({ images, seeds, difference, ofTrainings = 0 }: Simulated): SeedPair[] {
  const hardness = new Float64Array(images).map(() => 0.05 + 0.5 * draws.uniform() ** 2);
  const net = (more: number) => {
    const shift = (more + draws.normal(ofTrainings)) / 100;
    return new Uint8Array(images).map((_, image) =>
      draws.uniform() < (hardness[image] ?? 0) + shift ? 0 : 1,
    );
  };
  return Array.from({ length: seeds }, () => {
    const [first, second] = [net(difference), net(0)];
    return { first, second, counts: pairedCounts(first, second) };
  });
}

/** The share of repetitions for which something is so. */
function share(repetitions: number, isSo: () => boolean): number {
  let count = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) if (isSo()) count++;
  return count / repetitions;
}

const less: Region = { kind: 'less', margin: 0 };

describe('where there is no difference', () => {
  it.each([
    { images: 400, seeds: 1, difference: 0 },
    { images: 400, seeds: 2, difference: 0, ofTrainings: 1 },
    { images: 400, seeds: 3, difference: 0, ofTrainings: 1 },
    { images: 200, seeds: 5, difference: 0, ofTrainings: 0 },
  ])('a claim is decided at most once in twenty times: %o', (sizes) => {
    expect(share(1500, () => decide(less, evidenceOf(simulated(sizes))).pValue <= level)).toBeLessThanOrEqual(
      level,
    );
  });

  it('any of ten claims is decided at most once in twenty families', () => {
    const anyDecided = () => {
      const pValues = Array.from(
        { length: 10 },
        () => decide(less, evidenceOf(simulated({ images: 200, seeds: 1, difference: 0 }))).pValue,
      );
      return Math.min(...holm(pValues)) <= level;
    };
    expect(share(600, anyDecided)).toBeLessThanOrEqual(level);
  });
});

describe('at the margin', () => {
  const margin = 3;
  it.each([
    { images: 500, seeds: 1 },
    { images: 500, seeds: 3, ofTrainings: 1 },
  ])('sides are called equal at most once in twenty times, and different at most so often: %o', (sizes) => {
    const decisions = Array.from({ length: 1500 }, () =>
      decide({ kind: 'equal', margin }, evidenceOf(simulated({ ...sizes, difference: margin }))),
    );
    const decided = decisions.filter(({ pValue }) => pValue <= level);
    const equal = decided.filter(({ inFavour }) => inFavour).length;
    // The standard error of such a share is 0.6 points.
    expect(equal / decisions.length).toBeLessThan(level + 0.012);
    expect((decided.length - equal) / decisions.length).toBeLessThanOrEqual(level);
  });
});

it('finds a real difference where there are images enough for it', () => {
  const found = share(200, () => {
    const { pValue, inFavour } = decide(
      less,
      evidenceOf(simulated({ images: 2000, seeds: 1, difference: -6 })),
    );
    return inFavour && pValue <= level;
  });
  expect(found).toBeGreaterThan(0.9);
});
