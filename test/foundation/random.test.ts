import { describe, expect, it } from 'vitest';
import { Draws, statelessSeed } from '../../src-main/foundation/random.ts';

describe('Draws', () => {
  it('depend on seed, stream and position alone', () => {
    const five = (draws: Draws) => Array.from({ length: 5 }, () => draws.uniform());
    const once = five(new Draws(1, 'crop', 3, 17));
    expect(five(new Draws(1, 'crop', 3, 17))).toEqual(once);
    for (const other of [
      new Draws(2, 'crop', 3, 17),
      new Draws(1, 'flip', 3, 17),
      new Draws(1, 'crop', 17, 3),
    ]) {
      expect(five(other)).not.toEqual(once);
    }
  });

  it('are uniform over neighbouring positions, which start their generators alike', () => {
    const firsts = Array.from({ length: 20_000 }, (_, image) => new Draws(1, 'crop', 0, image).uniform());
    const bins = new Array<number>(20).fill(0);
    for (const value of firsts) bins[Math.floor(value * 20)] = (bins[Math.floor(value * 20)] ?? 0) + 1;
    // Chi-square with 19 degrees of freedom: above 43.8 once in a thousand.
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(43.8);
  });

  it('are normal with the asked deviation', () => {
    const draws = new Draws(1, 'colour');
    const values = Array.from({ length: 20_000 }, () => draws.normal(0.1));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeCloseTo(0, 2);
    expect(Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length)).toBeCloseTo(0.1, 2);
  });

  it('permute: every number once, in another order each epoch', () => {
    const order = new Draws(1, 'shuffling', 0).permutation(100);
    expect([...order].sort((one, other) => one - other)).toEqual(
      Array.from({ length: 100 }, (_, index) => index),
    );
    expect(new Draws(1, 'shuffling', 1).permutation(100)).not.toEqual(order);
  });
});

describe('statelessSeed', () => {
  it('gives two 32-bit keys that change with the position', () => {
    const keys = statelessSeed(1, 'dropout', 5);
    for (const key of keys) expect(key).toBe(key | 0);
    expect(keys[0]).not.toBe(keys[1]);
    expect(statelessSeed(1, 'dropout', 6)).not.toEqual(keys);
  });
});
