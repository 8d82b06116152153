import { beforeAll, describe, expect, it } from 'vitest';
import { maxPool, maxPoolGradient } from '../../../src-main/engine/ops/pooling.ts';
import { execute, intAttribute, ofFloats, stringAttribute } from '../../../src-main/engine/ops/execute.ts';
import { liveTensors, tensorflow } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngine } from '../../support/engine.ts';

beforeAll(openTestEngine);

describe('maxPoolGradient', () => {
  it('gives the gradient to the first greatest of each window, by hand', () => {
    const { tf } = tensorflow();
    const maps = tf.tensor4d([1, 5, 2, 2, 5, 5, 2, 2], [1, 2, 4, 1]);
    const gradient = maxPoolGradient(maps, maxPool(maps), tf.tensor4d([10, 20], [1, 1, 2, 1]));
    expect([...gradient.dataSync()]).toEqual([0, 10, 20, 0, 0, 0, 0, 0]);
  });

  it.each([
    [8, 6, 3],
    [7, 6, 2],
    [2, 2, 1],
    [28, 28, 32],
  ])(
    "agrees with TensorFlow's own on maps of %i×%i, %i channels, full of equal values",
    (height, width, channels) => {
      const { tf } = tensorflow();
      // Few different values, so that most windows hold their greatest more than once.
      const maps = tf.randomUniform([3, height, width, channels], 0, 3, 'int32').cast('float32');
      const pooled = maxPool(maps);
      const gradient = tf.randomNormal(pooled.shape);
      const before = liveTensors();
      const result = maxPoolGradient(maps, pooled, gradient);
      const expected = execute(
        'MaxPoolGrad',
        [
          ofFloats(),
          intAttribute('ksize', [1, 2, 2, 1]),
          intAttribute('strides', [1, 2, 2, 1]),
          stringAttribute('padding', 'VALID'),
          stringAttribute('data_format', 'NHWC'),
        ],
        [maps, pooled, gradient],
      );
      expect(result.dataSync()).toEqual(expected.dataSync());
      for (const tensor of [result, expected]) tensor.dispose();
      expect(liveTensors()).toBe(before);
      expect(gradient.isDisposed).toBe(false);
    },
  );
});
