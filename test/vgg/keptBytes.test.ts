import { expect, it } from 'vitest';
import { describeNetwork } from '../../src-main/vgg/describe.ts';
import { keptByLayers } from '../../src-main/vgg/keptBytes.ts';

function kept(config: 'B' | 'A-LRN'): Map<string, number> {
  const net = describeNetwork({ config, crop: 32, width: 1 / 16, classes: 10 });
  const bytes = keptByLayers(net);
  return new Map(net.layers.map(({ name }, index) => [name, bytes[index] ?? NaN]));
}

it('keeps the pooled values and a byte for each where a convolution is pooled in its pass, by hand', () => {
  const layers = kept('B');
  // 32 · 32 pixels of 4 channels of floats; half of each side after the pool.
  expect(layers.get('conv1_1')).toBe(32 * 32 * 4 * 4);
  expect(layers.get('conv1_2')).toBe(0);
  expect(layers.get('pool1')).toBe(16 * 16 * 4 * 5);
});

it('keeps all where something lies between convolution and pool', () => {
  const layers = kept('A-LRN');
  expect(layers.get('conv1_1')).toBe(32 * 32 * 4 * 4);
  expect(layers.get('lrn1')).toBe(32 * 32 * 4 * 4);
  expect(layers.get('pool1')).toBe(16 * 16 * 4 * 4);
});
