import { beforeAll, expect, it } from 'vitest';
import { slice } from '../../src-main/engine/ops/shape.ts';
import { tensorflow, type Tensor } from '../../src-main/engine/tensorflow.ts';
import { outputOf } from '../../src-main/insight/forward.ts';
import { maxExcitations, TopImages } from '../../src-main/insight/topImages.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenFile, goldenParameters, readImages } from '../support/golden.ts';

beforeAll(openTestEngine);

it.each(['conv3_1', 'pool5', 'fc7', 'fc8'])(
  'what excites each unit of %s is what a scan of all values finds',
  (layer) => {
    const file = goldenFile('A');
    const parameters = goldenParameters('A', file);
    const images = readImages(file, 'input.nchw');
    const top = new TopImages();
    const scanned: { image: number; channel: number; value: number; row: number; column: number }[] = [];
    for (const places of [[0, 1, 2], [3]]) {
      const some = slice(images, [places[0] ?? 0, 0, 0, 0], [places.length, 64, 64, 3]);
      const output = outputOf(parameters, some, layer);
      top.see(output, places);
      for (const [index, image] of places.entries()) scanned.push(...greatestByHand(output, index, image));
      output.dispose();
      some.dispose();
    }
    const found = top.get();
    expect(found.flat().length).toBeGreaterThan(0);
    for (const [unit, excitations] of found.entries()) {
      const expected = scanned
        .filter(({ channel, value }) => channel === unit && value !== 0)
        .sort((one, other) => other.value - one.value)
        .map(({ channel: _channel, ...rest }) => rest);
      expect(excitations).toEqual(expected);
    }
    parameters.dispose();
    images.dispose();
  },
);

/** The greatest value of each channel of one image, and the first place that has it. */
function greatestByHand(output: Tensor, index: number, image: number) {
  const channels = output.shape.at(-1) ?? 1;
  const [, height = 1, width = 1] = output.shape.length === 4 ? output.shape : [];
  const values = output.dataSync<'float32'>();
  return Array.from({ length: channels }, (_, channel) => {
    const best = { image, channel, value: -Infinity, row: 0, column: 0 };
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const value = values[((index * height + row) * width + column) * channels + channel] ?? NaN;
        if (value > best.value) Object.assign(best, { value, row, column });
      }
    }
    return best;
  });
}

it('keeps the greatest of many, of equal ones those that came first, and nothing that is 0', () => {
  const top = new TopImages();
  for (let image = 0; image < 60; image++) {
    const output = tensorflow().tf.tensor2d([image % 6, 0], [1, 2]);
    top.see(output, [image]);
    output.dispose();
  }
  const [first = [], second] = top.get();
  expect(first).toHaveLength(maxExcitations);
  // Ten images of each value: all of 5 and of 4, then the first of 3.
  expect(first.map(({ value }) => value)).toEqual([
    ...Array<number>(10).fill(5),
    ...Array<number>(10).fill(4),
    3,
    3,
    3,
    3,
    3,
  ]);
  expect(first.slice(0, 3).map(({ image }) => image)).toEqual([5, 11, 17]);
  expect(first.at(-1)?.image).toBe(27);
  expect(second).toEqual([]);
});
