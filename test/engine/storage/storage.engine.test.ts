import { beforeAll, describe, expect, it } from 'vitest';
import { Coefficients } from '../../../src-main/engine/storage/Coefficients.ts';
import { OwnStorage } from '../../../src-main/engine/storage/OwnStorage.ts';
import { ResourceStorage } from '../../../src-main/engine/storage/ResourceStorage.ts';
import type { Storage } from '../../../src-main/engine/storage/Storage.ts';
import { liveTensors, tensorflow, type Tensor } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngine } from '../../support/engine.ts';
import { mustHaveKernels } from '../../support/kernels.ts';

beforeAll(openTestEngine);

function valuesOf(storage: Storage): number[] {
  return storage.with((value) => [...value.dataSync<'float32'>()]);
}

function tensorOf(values: readonly number[]): Tensor {
  return tensorflow().tf.tensor1d([...values], 'float32');
}

const kinds = [...(mustHaveKernels ? (['own'] as const) : []), 'resource' as const];

/** Of values that are exact in float32, one by one or so many that all threads have a share. */
describe.each([1, 100_003])('%i values', (count) => {
  const repeated = (value: number) => Array.from({ length: count }, () => value);

  it.each(kinds)('kept by %s storage are updated in place, by hand', (kind) => {
    const make = (value: number): Storage => {
      using initial = tensorOf(repeated(value));
      return kind === 'own' ? OwnStorage.copyOf(initial) : new ResourceStorage(initial);
    };
    const before = liveTensors();
    const [weight, velocity] = [make(2), make(8)];
    using gradient = tensorOf(repeated(0.5));
    const coefficients = new Coefficients(0.25, 0.5, 0.125);
    weight.applyMomentum(velocity, gradient, coefficients);
    coefficients.dispose();
    // 0.5 · 8 + 0.5 + 0.125 · 2, and 2 − 0.25 · 4.75.
    expect(valuesOf(velocity)).toEqual(repeated(4.75));
    expect(valuesOf(weight)).toEqual(repeated(0.8125));
    weight.addScaled(gradient, -2);
    expect(valuesOf(weight)).toEqual(repeated(-0.1875));
    weight.assign(gradient);
    weight.addScaled(gradient, 1);
    expect(valuesOf(weight)).toEqual(repeated(1));
    weight.scale(-4);
    expect(valuesOf(weight)).toEqual(repeated(-4));
    expect(gradient.dataSync()[0]).toBe(0.5);
    weight.dispose();
    velocity.dispose();
    expect(liveTensors()).toBe(before + 1);
  });
});

describe.runIf(mustHaveKernels)('some rows of a matrix', () => {
  const matrix = () => {
    using values = tensorOf(Array.from({ length: 48 * 5 }, (_, index) => index));
    using initial = values.reshape([48, 5]);
    return OwnStorage.copyOf(initial);
  };

  it('lie in its memory, which stays as long as they do', () => {
    const before = liveTensors();
    const whole = matrix();
    const rows = whole.rows({ first: 16, count: 2 });
    expect(valuesOf(rows)).toEqual([80, 81, 82, 83, 84, 85, 86, 87, 88, 89]);
    using one = tensorflow().tf.ones([2, 5]);
    rows.addScaled(one, 1000);
    expect(valuesOf(whole).slice(79, 91)).toEqual([
      79,
      ...[80, 81, 82, 83, 84, 85, 86, 87, 88, 89].map((x) => x + 1000),
      90,
    ]);
    whole.dispose();
    // What was given back, others would have now.
    for (const other of [matrix(), matrix(), matrix()]) other.dispose();
    expect(valuesOf(rows).at(-1)).toBe(1089);
    rows.dispose();
    expect(liveTensors()).toBe(before + 1);
  });

  it('begin where a tensor may: elsewhere TensorFlow would copy them', () => {
    const whole = matrix();
    expect(() => whole.rows({ first: 15, count: 2 })).toThrow('The rows begin where a tensor may');
    expect(() => whole.rows({ first: 32, count: 17 })).toThrow('There are such rows');
    whole.dispose();
  });
});
