import { expect, it } from 'vitest';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { memoryOf } from '../../../src-main/workbench/preview/cost.ts';
import { trainingMemory } from '../../../src-main/workbench/preview/memory.ts';

/** Greatest resident memory of a process that trains two steps, as docs/speed.md gives it. */
it.each([
  ['A', 224, 1, 2, true, 1.62],
  ['A', 224, 1, 16, true, 1.81],
  ['D', 224, 1, 2, true, 1.72],
  ['D', 224, 1, 8, true, 1.91],
  ['A', 224, 1, 16, false, 2.35],
  ['D', 224, 1, 8, false, 2.49],
  ['A', 56, 0.25, 64, true, 0.37],
  ['D', 56, 0.25, 64, true, 0.37],
] as const)(
  'estimates net %s at crop %i, width %f and %i images as measured, gradients not added up: %s',
  (config, crop, width, images, straight, gigabytes) => {
    const net = describeNetwork({ config, crop, width, classes: 1000 });
    const ratio = trainingMemory(net, images, straight) / (gigabytes * 1e9);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  },
);

it('counts the sums of gradients where they are clipped, and where they add up over micro-batches', () => {
  const bytesWith = (...overrides: string[]) =>
    memoryOf(resolveRunConfig({ overrides: ['network.config=A', ...overrides] }));
  const straight = bytesWith('training.batch=16', 'training.clipNorm=null');
  const weights = describeNetwork({ config: 'A', crop: 224, width: 1, classes: 1000 }).weightBytes;
  expect(bytesWith('training.batch=16', 'training.clipNorm=1') - straight).toBe(weights);
  expect(bytesWith('training.batch=32', 'training.microBatch=16', 'training.clipNorm=null') - straight).toBe(
    weights,
  );
});
