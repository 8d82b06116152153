import { expect, it, vi } from 'vitest';
import { relu } from '../../src-main/engine/ops/pointwise.ts';
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
