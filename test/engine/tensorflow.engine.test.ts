import { expect, it, vi } from 'vitest';
import { relu } from '../../src-main/engine/ops/pointwise.ts';
import { randomNormal } from '../../src-main/engine/ops/random.ts';
import { openTensorFlow, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { testEngineFiles } from '../support/engine.ts';

it('gives a sign of life after each operation, whose results stay the same', async () => {
  const afterOperation = vi.fn();
  openTensorFlow((await testEngineFiles()).addon, afterOperation);
  const values = tensorflow().tf.tensor1d([-1, 2]);
  afterOperation.mockClear();
  const rectified = relu(values);
  expect(afterOperation).toHaveBeenCalledTimes(1);
  relu(rectified).dispose();
  expect(afterOperation).toHaveBeenCalledTimes(2);
  expect([...rectified.dataSync()]).toEqual([0, 2]);
  for (const tensor of [values, rectified]) tensor.dispose();
});

it('tells of memory that is not there by the shape of the tensor', async () => {
  openTensorFlow((await testEngineFiles()).addon);
  expect(() => randomNormal([2 ** 24, 2 ** 22], 1, [1, 2])).toThrow(
    expect.objectContaining({
      code: 'out-of-memory',
      message: 'There is no memory for a tensor of 16777216×4194304 numbers.',
    }),
  );
});
