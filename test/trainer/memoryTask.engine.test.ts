import { beforeAll, expect, it } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { ownKernels } from '../../src-main/engine/kernels.ts';
import { memoryTask } from '../../src-main/trainer/memoryTask.ts';
import { describeNetwork } from '../../src-main/vgg/describe.ts';
import { openTestEngine } from '../support/engine.ts';

beforeAll(openTestEngine);

// The length of a gradient needs all of it at once: with few images that is the peak, which then says less of them.
const config = resolveRunConfig({
  overrides: ['network.config=A', 'network.width=0.0625', 'network.crop=64', 'training.clipNorm=null'],
});
const net = describeNetwork({ ...config.network, classes: 10 });

/**
 * Bytes that the backward pass needs of one image, besides the image: every layer's output. Our own kernels pool as they
 * convolve: then the output before a pool is never there, only a byte for where each of its greatest values was.
 */
function keptBytes(): number {
  const own = ownKernels() !== null;
  const isPooled = (index: number) => own && net.layers[index + 1]?.kind === 'pool';
  return net.layers.reduce((sum, { kind, activationBytes }, index) => {
    if (isPooled(index)) return sum;
    return sum + activationBytes * (own && kind === 'pool' ? 5 / 4 : 1);
  }, 0);
}

it('finds tensors that grow with the images, at least by the outputs that a backward pass needs', () => {
  const peak = (images: number) =>
    memoryTask({ task: 'memory', config, classes: 10, images, pass: 'training' }).peakTensorBytes;
  const [few, some, many] = [peak(32), peak(64), peak(128)];
  const perImage = (many - some) / 64;
  // The same from any two numbers of images; the weights stand apart.
  expect(perImage / ((some - few) / 32)).toBeCloseTo(1, 1);
  expect(perImage).toBeGreaterThan(keptBytes());
  expect(perImage / net.activationBytes).toBeLessThan(2.5);
});

it('finds less where nothing is kept', () => {
  const peak = (images: number) =>
    memoryTask({ task: 'memory', config, classes: 10, images, pass: 'inference' });
  const [some, many] = [peak(32), peak(64)];
  const perImage = (many.peakTensorBytes - some.peakTensorBytes) / 32;
  // The first layer's output and the image that it reads are there at once, whatever else.
  expect(perImage).toBeGreaterThan(64 * 64 * (3 + 4) * 4);
  expect(perImage).toBeLessThan(2.5 * net.activationBytes);
  expect(many.peakRssBytes).toBeGreaterThan(many.peakTensorBytes);
});
