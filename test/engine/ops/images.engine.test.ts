import { beforeAll, describe, expect, it } from 'vitest';
import { imagesFromPixels, mirror } from '../../../src-main/engine/ops/images.ts';
import { liveTensors, tensorflow } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngine } from '../../support/engine.ts';

beforeAll(openTestEngine);

describe('imagesFromPixels', () => {
  const pixels = Uint8Array.from([0, 10, 255, 100, 110, 120]);
  const offsets = Float32Array.from([-1, -2, -3, 4, 5, 6]);

  it('adds the offsets of each image, by hand for two images of one pixel', () => {
    const before = liveTensors();
    const images = imagesFromPixels(pixels, [2, 1, 1], offsets, [1, 1, 1]);
    expect(images.shape).toEqual([2, 1, 1, 3]);
    expect([...images.dataSync()]).toEqual([-1, 8, 252, 104, 115, 126]);
    images.dispose();
    expect(liveTensors()).toBe(before);
  });

  it('divides each channel by its deviation after that', () => {
    const images = imagesFromPixels(pixels, [2, 1, 1], offsets, [2, 4, 0.5]);
    expect([...images.dataSync()]).toEqual([-0.5, 2, 504, 52, 28.75, 252]);
  });
});

describe('mirror', () => {
  it('turns left and right, not up and down', () => {
    const images = tensorflow().tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    expect([...mirror(images).dataSync()]).toEqual([3, 2, 1, 6, 5, 4]);
  });
});
