import { beforeAll, expect, it } from 'vitest';
import { OwnDropout, TensorFlowDropout, type Dropout } from '../../../src-main/engine/layers/Dropout.ts';
import { liveTensors, tensorflow } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngine } from '../../support/engine.ts';
import { mustHaveKernels } from '../../support/kernels.ts';

beforeAll(openTestEngine);

/** What becomes of ones and of their negatives. */
function applied(dropout: Dropout, shape: [number, number]): number[] {
  using ones = tensorflow().tf.ones(shape);
  using negatives = tensorflow().tf.fill(shape, -1);
  const found = [ones, negatives].flatMap((values) => {
    using dropped = dropout.apply(values);
    return [...dropped.dataSync<'float32'>()];
  });
  dropout.release();
  return found;
}

it.runIf(mustHaveKernels).each([
  { images: 64, channels: 1024, begin: 0, count: 64, rate: 0.5 },
  { images: 7, channels: 33, begin: 3, count: 2, rate: 0.1 },
  { images: 1, channels: 1, begin: 0, count: 1, rate: 0.9 },
])("our kernel's mask is TensorFlow's, bit by bit: %o", (rows) => {
  const before = liveTensors();
  for (const keys of [[1, 2] as const, [-5, 2147483647] as const]) {
    const shape: [number, number] = [rows.count, rows.channels];
    const expected = applied(new TensorFlowDropout({ ...rows, keys }), shape);
    expect(applied(new OwnDropout({ ...rows, keys }), shape)).toEqual(expected);
  }
  expect(liveTensors()).toBe(before);
});

it.runIf(mustHaveKernels)('keeps the share that the rate says', () => {
  const rows = { images: 100, channels: 100, begin: 0, count: 100, rate: 0.25, keys: [3, 4] as const };
  const kept = applied(new OwnDropout(rows), [100, 100]).filter((value) => value > 0);
  expect(kept[0]).toBe(Math.fround(4 / 3));
  // Of 10,000 with a deviation of 43.
  expect(Math.abs(kept.length - 7500)).toBeLessThan(200);
});
