import { beforeAll, expect, it } from 'vitest';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { Variable } from '../../src-main/engine/Variable.ts';
import { GradientSum } from '../../src-main/training/GradientSum.ts';
import { openTestEngine } from '../support/engine.ts';

beforeAll(openTestEngine);

/** What is drained of the gradients (3, −4) and (12), whose common norm is 13, after clipping. */
function clipped(longest: number): number[] {
  const { tf } = tensorflow();
  const [first, second] = [Variable.zeros([2]), Variable.zeros([1, 1])];
  const sums = new GradientSum();
  sums.add(first, tf.tensor1d([1, -4]));
  sums.add(second, tf.tensor2d([12], [1, 1]));
  sums.add(first, tf.tensor1d([2, 0]));
  sums.clip(longest);
  const values: number[] = [];
  sums.drain((_, gradient) => {
    values.push(...gradient.dataSync<'float32'>());
    gradient.dispose();
  });
  for (const each of [first, second, sums]) each.dispose();
  return values;
}

it('scales a gradient that is too long as clip_grad_norm_ of PyTorch 2.14 does, and leaves one that is not', () => {
  const atRest = liveTensors();
  const expected = [1.153846025466919, -1.538461446762085, 4.615384101867676];
  for (const [index, value] of clipped(5).entries()) expect(value).toBeCloseTo(expected[index] ?? NaN, 6);
  expect(clipped(13.1)).toEqual([3, -4, 12]);
  expect(liveTensors()).toBe(atRest);
});
