import { beforeAll, expect, it } from 'vitest';
import { add, relu } from '../../src-main/engine/ops/pointwise.ts';
import { tensorflow } from '../../src-main/engine/tensorflow.ts';
import { watchTensorBytes } from '../../src-main/engine/tensorPeak.ts';
import { Variable } from '../../src-main/engine/Variable.ts';
import { openTestEngine } from '../support/engine.ts';

beforeAll(openTestEngine);

it('finds the greatest sum of tensors alive at once, without variables', () => {
  const { tf } = tensorflow();
  const variable = Variable.zeros([1000]);
  const before = tf.memory().numBytes;
  const takePeak = watchTensorBytes();
  // Floats of four bytes: `one`, its ReLU and their sum with the variable, whose own value is not counted.
  const one = tf.zeros([1000]);
  const rectified = relu(one);
  variable.with((value) => add(rectified, value)).dispose();
  rectified.dispose();
  expect(takePeak() - before).toBe(3 * 4000);
  // `one` is left, and something comes and goes.
  relu(one).dispose();
  expect(takePeak() - before).toBe(2 * 4000);
  one.dispose();
});
