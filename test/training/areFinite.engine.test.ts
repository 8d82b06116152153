import { beforeAll, expect, it } from 'vitest';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { Variable } from '../../src-main/engine/Variable.ts';
import { areFinite } from '../../src-main/training/areFinite.ts';
import { openTestEngine } from '../support/engine.ts';

beforeAll(openTestEngine);

it('finds one value among many that is no number, or too great', () => {
  const variable = (...values: number[]) => Variable.of(tensorflow().tf.tensor1d(values, 'float32'));
  const sound = variable(1, -2, 1e18);
  const before = liveTensors();
  expect(areFinite([sound])).toBe(true);
  for (const value of [NaN, Infinity, -Infinity])
    expect(areFinite([sound, variable(0, value, 1)])).toBe(false);
  expect(liveTensors() - before).toBe(3);
});
