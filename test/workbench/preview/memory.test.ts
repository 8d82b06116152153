import { expect, it } from 'vitest';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { trainingMemory } from '../../../src-main/workbench/preview/memory.ts';

/** Greatest resident memory of a process that trains two steps, as docs/speed.md gives it. */
it.each([
  ['A', 224, 1, 2, true, 1.91],
  ['A', 224, 1, 16, true, 1.92],
  ['D', 224, 1, 2, true, 1.96],
  ['D', 224, 1, 8, true, 1.96],
  ['A', 224, 1, 16, false, 2.46],
  ['D', 224, 1, 8, false, 2.54],
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
