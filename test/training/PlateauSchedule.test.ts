import { describe, expect, it } from 'vitest';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import { PlateauSchedule } from '../../src-main/training/PlateauSchedule.ts';
import { recipe } from '../support/recipe.ts';

function settingsOf(plateau: object, earlyStopping: number | null = null) {
  const training = { schedule: 'plateau', learningRate: 0.01, plateau, earlyStopping };
  return runConfigSchema.parse({ training }).training;
}

function schedule(plateau: object, earlyStopping: number | null = null) {
  return new PlateauSchedule(settingsOf(plateau, earlyStopping));
}

function ratesAfter(one: PlateauSchedule, errors: readonly number[]): number[] {
  return errors.map((error) => {
    one.observe(error);
    return Number(one.learningRate.toPrecision(6));
  });
}

describe('PlateauSchedule', () => {
  it('divides the rate by ten when the error has stopped improving, three times at most', () => {
    const one = schedule({ patience: 2 });
    expect(ratesAfter(one, [50, 40, 40, 40, 30, 30, 30, 30, 30, 30, 30, 30])).toEqual([
      ...[0.01, 0.01, 0.01, 0.001],
      ...[0.001, 0.001, 0.0001, 0.0001],
      ...[0.00001, 0.00001, 0.00001, 0.00001],
    ]);
  });

  it("falls where PyTorch's ReduceLROnPlateau does", () => {
    const { errors, rates, ...plateau } = recipe.plateau;
    const one = schedule(plateau);
    const found = errors.map((error) => {
      one.observe(error);
      return one.learningRate;
    });
    expect(new Set(rates).size).toBe(plateau.drops + 1);
    for (const [index, rate] of rates.entries()) expect((found[index] ?? NaN) / rate).toBeCloseTo(1, 10);
  });

  it('leaves a rate that falls at every step to its schedule, and still ends early', () => {
    const settings = { schedule: 'cosine', learningRate: 0.01, plateau: { patience: 1 }, earlyStopping: 2 };
    const one = new PlateauSchedule(runConfigSchema.parse({ training: settings }).training);
    expect(ratesAfter(one, [50, 50, 50])).toEqual([0.01, 0.01, 0.01]);
    expect(one.exhausted).toBe(true);
  });

  it('takes less than the threshold for no improvement', () => {
    const one = schedule({ patience: 1, threshold: 0.5 });
    expect(ratesAfter(one, [50, 49.6])).toEqual([0.01, 0.001]);
    expect(ratesAfter(schedule({ patience: 1, threshold: 0.5 }), [50, 49.4])).toEqual([0.01, 0.01]);
  });

  it('ends after so many validations without improvement, whether the rate dropped or not', () => {
    const one = schedule({ patience: 1 }, 3);
    ratesAfter(one, [50, 50, 50]);
    expect(one.exhausted).toBe(false);
    one.observe(50);
    expect(one.exhausted).toBe(true);
  });

  it('goes on from its saved state as if never interrupted', () => {
    const settings = settingsOf({ patience: 2 });
    const undisturbed = new PlateauSchedule(settings);
    const first = new PlateauSchedule(settings);
    for (const error of [50, 50]) {
      undisturbed.observe(error);
      first.observe(error);
    }
    const second = new PlateauSchedule(settings, first.state);
    undisturbed.observe(50);
    second.observe(50);
    expect(second.state).toEqual(undisturbed.state);
    expect(second.learningRate).toBeCloseTo(0.001);
  });
});
