import { expect, it } from 'vitest';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { trainingMemory } from '../../../src-main/workbench/preview/memory.ts';

/** Greatest resident memory of `vgg bench`, as the table of docs/speed.md gives it. */
it.each([
  ['A', 224, 1, 16, 3.2],
  ['D', 224, 1, 8, 3.3],
  ['A', 56, 0.25, 64, 0.6],
  ['D', 56, 0.25, 64, 0.7],
] as const)(
  'estimates net %s at crop %i, width %f and %i images as measured',
  (config, crop, width, images, gigabytes) => {
    const net = describeNetwork({ config, crop, width, classes: 1000 });
    const ratio = trainingMemory(net, images, true) / (gigabytes * 1e9);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  },
);
