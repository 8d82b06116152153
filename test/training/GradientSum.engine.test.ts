import { beforeAll, expect, it } from 'vitest';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { Variable } from '../../src-main/engine/Variable.ts';
import { GradientSum } from '../../src-main/training/GradientSum.ts';
import { openTestEngine } from '../support/engine.ts';
import { mustHaveKernels } from '../support/kernels.ts';

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

it('adds up the sums of a group, small ones together and large ones by themselves', () => {
  const { tf } = tensorflow();
  const sizes = [3, 2, 2.5e6, 4, 5];
  const parameters = sizes.map((size) => Variable.zeros([1, size]));
  const atRest = liveTensors();
  const sums = new GradientSum();
  for (const [index, parameter] of parameters.entries())
    sums.add(parameter, tf.fill([1, sizes[index] ?? 0], index));
  const exchanged: number[] = [];
  sums.addUp({
    rank: 0,
    size: 2,
    gather: (values) => [values, values],
    sum: (tensor) => {
      exchanged.push(tensor.size);
      // The other process has gradients of 10.
      return tensor.add(10);
    },
  });
  expect(exchanged).toEqual([5, 2.5e6, 9]);
  const drained: { shape: number[]; ends: (number | undefined)[] }[] = [];
  sums.drain((_, gradient) => {
    const values = gradient.dataSync<'float32'>();
    drained.push({ shape: gradient.shape, ends: [values[0], values.at(-1)] });
    gradient.dispose();
  });
  expect(drained).toEqual(sizes.map((size, index) => ({ shape: [1, size], ends: [index + 10, index + 10] })));
  sums.dispose();
  expect(liveTensors()).toBe(atRest);
  for (const parameter of parameters) parameter.dispose();
});

it.runIf(mustHaveKernels)(
  'adds up gradients that come in parts, and keeps nothing of the batch before',
  () => {
    const { tf } = tensorflow();
    const parameter = Variable.zeros([20, 3]);
    const sums = new GradientSum();
    const atRest = liveTensors();
    const addInParts = (first: number, rest: number) => {
      sums.add(parameter, tf.fill([16, 3], first), { first: 0, count: 16 });
      sums.add(parameter, tf.fill([4, 3], rest), { first: 16, count: 4 });
    };
    const drained = () => {
      const found: number[] = [];
      sums.drain((_, gradient) => {
        found.push(...gradient.dataSync<'float32'>());
        gradient.dispose();
      });
      return found;
    };
    const rowsOf = (first: number, rest: number) =>
      Array.from({ length: 60 }, (_, at) => (at < 48 ? first : rest));
    addInParts(1, 2);
    addInParts(10, 20);
    expect(drained()).toEqual(rowsOf(11, 22));
    addInParts(5, 7);
    expect(drained()).toEqual(rowsOf(5, 7));
    sums.dispose();
    expect(liveTensors()).toBe(atRest);
    parameter.dispose();
  },
);
