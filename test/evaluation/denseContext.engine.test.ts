import { beforeAll, describe, expect, it } from 'vitest';
import { slice } from '../../src-main/engine/ops/shape.ts';
import { tensorflow, type Tensor } from '../../src-main/engine/tensorflow.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters, type Initialiser } from '../../src-main/vgg/Parameters.ts';
import { copyWeights } from '../../src-main/vgg/weights/load.ts';
import { asWeights } from '../../src-main/weights/safetensorsWeights.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenArchitecture, goldenFile, readImages, relativeDifference } from '../support/golden.ts';

/*
 * Why dense evaluation is not that of the crops: docs/reading-notes.md. The same weights score the windows of an image of
 * 96×128 at once, and as crops of 64 at the same places. Only what a window's layers see beyond its edge differs: the
 * image there, and zeros here.
 */

beforeAll(openTestEngine);

const crop = 64;
const stride = 32;

/** Net A with PyTorch's reference weights; with `centre` its kernels see only the pixel in their middle. */
function netA(centre: boolean): Network {
  const copied = copyWeights(asWeights(goldenFile('A')), goldenArchitecture('A'), 'all', ({ name }) => {
    throw new Error(`${name} is in the file.`);
  });
  const mask = tensorflow().tf.tensor([0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 3, 1, 1]);
  const initialise: Initialiser = (layer) => {
    const values = copied(layer);
    return centre && layer.kind === 'conv' ? { ...values, weight: values.weight.mul(mask) } : values;
  };
  return new Network(new Parameters(goldenArchitecture('A'), initialise));
}

/** The greatest difference of a window's scores from those of the crop at its place. */
function differenceFromCrops(network: Network, images: Tensor): number {
  const map = network.scoreMap(images);
  const [batch = 0, rows = 0, columns = 0, classes = 0] = map.shape;
  expect([rows, columns]).toEqual([2, 3]);
  let difference = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = [0, row * stride, column * stride, 0];
      const logits = network.forward(slice(images, place, [batch, crop, crop, 3]));
      const window = slice(map, [0, row, column, 0], [batch, 1, 1, classes]);
      difference = Math.max(difference, relativeDifference(window.dataSync(), logits.dataSync()));
      network.release();
    }
  }
  return difference;
}

describe('a window of the score map and the crop at its place', () => {
  it('are the same where no layer sees beyond the edge: the grid of windows alone changes nothing', () => {
    expect(differenceFromCrops(netA(true), readImages(goldenFile('A'), 'dense.input.nchw'))).toBeLessThan(
      1e-4,
    );
  });

  it('differ with the kernels of 3×3, which see the image there and padding in a crop', () => {
    expect(differenceFromCrops(netA(false), readImages(goldenFile('A'), 'dense.input.nchw'))).toBeGreaterThan(
      0.05,
    );
  });
});
