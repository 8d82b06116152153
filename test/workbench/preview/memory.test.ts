import { expect, it } from 'vitest';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { trainingMemory } from '../../../src-main/workbench/preview/memory.ts';

/** Greatest resident memory of a process that trains two steps, as docs/speed.md gives it. */
it.each([
  ['A', 224, 1, 2, 1.89],
  ['A', 224, 1, 16, 2.12],
  ['D', 224, 1, 2, 1.99],
  ['A', 56, 0.25, 64, 0.4],
  ['D', 56, 0.25, 64, 0.4],
] as const)(
  'estimates net %s at crop %i, width %f and %i images as measured',
  (config, crop, width, images, gigabytes) => {
    const net = describeNetwork({ config, crop, width, classes: 1000 });
    const ratio = trainingMemory(net, images, true) / (gigabytes * 1e9);
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  },
);
