import { beforeAll, describe, expect, it } from 'vitest';
import { convolve, filterGradient, mapsGradient } from '../../../src-main/engine/ops/convolution.ts';
import {
  convolveTiles,
  filterGradientOfTiles,
  transformInput,
  winogradPays,
} from '../../../src-main/engine/ops/winograd.ts';
import { liveTensors, tensorflow, type Tensor } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngine } from '../../support/engine.ts';
import { relativeDifference } from '../../support/golden.ts';

beforeAll(openTestEngine);

interface Shape {
  height: number;
  width: number;
  inputs: number;
  outputs: number;
}

function random(shape: number[], seed: number): Tensor {
  return tensorflow().tf.randomNormal(shape, 0, 1, 'float32', seed);
}

/** TensorFlow's own convolution and its own two gradients, through tfjs. */
function direct({ height, width, inputs, outputs }: Shape) {
  const { tf } = tensorflow();
  const maps = random([2, height, width, inputs], 1) as ReturnType<typeof tf.tensor4d>;
  const filter = random([3, 3, inputs, outputs], 2) as ReturnType<typeof tf.tensor4d>;
  const gradient = random([2, height, width, outputs], 3);
  const [byMaps, byFilter] = tf.grads((...args) =>
    tf.conv2d(args[0] as typeof maps, args[1] as typeof filter, 1, 'same'),
  )([maps, filter], gradient);
  return { maps, filter, gradient, output: tf.conv2d(maps, filter, 1, 'same'), byMaps, byFilter };
}

const shapes: Shape[] = [
  { height: 8, width: 8, inputs: 5, outputs: 7 },
  { height: 7, width: 10, inputs: 3, outputs: 2 },
  { height: 3, width: 5, inputs: 4, outputs: 4 },
  { height: 1, width: 1, inputs: 2, outputs: 3 },
  { height: 14, width: 13, inputs: 64, outputs: 32 },
];

describe.each(shapes)('convolution of $height×$width, $inputs to $outputs channels', (shape) => {
  it('by tiles agrees with the direct sum', () => {
    const { maps, filter, output } = direct(shape);
    const before = liveTensors();
    const tiles = transformInput(maps);
    const result = convolveTiles(tiles, maps.shape, filter);
    expect(result.shape).toEqual(output.shape);
    expect(relativeDifference(result.dataSync(), output.dataSync())).toBeLessThan(5e-6);
    tiles.dispose();
    result.dispose();
    expect(liveTensors()).toBe(before);
  });

  it("agrees in both gradients with TensorFlow's own", () => {
    const { maps, filter, gradient, byMaps, byFilter } = direct(shape);
    const before = liveTensors();
    const tiles = transformInput(maps);
    const fast = filterGradientOfTiles(tiles, gradient);
    const plain = filterGradient({ maps, tiles: undefined }, filter.shape, gradient);
    const back = mapsGradient(gradient, filter, maps.shape);
    for (const result of [fast, plain]) {
      expect(relativeDifference(result.dataSync(), byFilter?.dataSync() ?? [])).toBeLessThan(5e-6);
    }
    expect(relativeDifference(back.dataSync(), byMaps?.dataSync() ?? [])).toBeLessThan(5e-6);
    for (const tensor of [tiles, fast, plain, back]) tensor.dispose();
    expect(liveTensors()).toBe(before);
  });
});

describe('the choice of algorithm', () => {
  it('is by tiles for the wide layers of the paper, and direct for narrow ones and other filters', () => {
    expect(winogradPays([16, 28, 28, 512], [3, 3, 512, 512])).toBe(true);
    expect(winogradPays([16, 56, 56, 256], [3, 3, 256, 256])).toBe(true);
    expect(winogradPays([16, 224, 224, 64], [3, 3, 64, 64])).toBe(false);
    expect(winogradPays([16, 28, 28, 512], [1, 1, 512, 512])).toBe(false);
    // One small map does not earn back the transform of its filter.
    expect(winogradPays([16, 14, 14, 512], [3, 3, 512, 512])).toBe(true);
    expect(winogradPays([1, 14, 14, 512], [3, 3, 512, 512])).toBe(false);
  });

  it('is made by convolve, whose tiles give the same gradient', () => {
    const { maps, filter, gradient, output, byFilter } = direct({
      height: 40,
      width: 40,
      inputs: 256,
      outputs: 256,
    });
    const convolved = convolve(maps, filter);
    expect(convolved.tiles).toBeDefined();
    expect(relativeDifference(convolved.output.dataSync(), output.dataSync())).toBeLessThan(5e-6);
    const result = filterGradient({ maps, tiles: convolved.tiles }, filter.shape, gradient);
    expect(relativeDifference(result.dataSync(), byFilter?.dataSync() ?? [])).toBeLessThan(5e-6);
  });
});
