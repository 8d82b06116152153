import { beforeAll, describe, expect, it } from 'vitest';
import { maxPool, maxPoolGradient } from '../../../src-main/engine/ops/pooling.ts';
import { tensorflow } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngine } from '../../support/engine.ts';

beforeAll(openTestEngine);

describe('pooling, by hand', () => {
  it('takes the greatest of each window and leaves out an odd last row and column', () => {
    const maps = tensorflow().tf.tensor4d([1, 5, 9, 2, 3, 9, 9, 9, 9], [1, 3, 3, 1]);
    const pooled = maxPool(maps);
    expect(pooled.shape).toEqual([1, 1, 1, 1]);
    expect([...pooled.dataSync()]).toEqual([5]);
  });

  it('gives the gradient to the first greatest of each window alone', () => {
    const { tf } = tensorflow();
    const maps = tf.tensor4d([1, 5, 2, 2, 5, 5, 2, 2], [1, 2, 4, 1]);
    const gradient = maxPoolGradient(maps, maxPool(maps), tf.tensor4d([10, 20], [1, 1, 2, 1]));
    expect([...gradient.dataSync()]).toEqual([0, 10, 20, 0, 0, 0, 0, 0]);
  });
});
