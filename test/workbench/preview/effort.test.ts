import { expect, it } from 'vitest';
import { effortOf } from '../../../src-main/workbench/preview/effort.ts';

const onTwo = { threads: 2, processes: 1 };
const a32 = { config: 'A', width: 0.125, crop: 32, microBatch: 32 } as const;
/** Net A at crop 32, as trained on two cores of a Zen 4. */
const imagesPerSecond = 4170;

/** Measured on two cores of a Zen 4: docs/speed.md, the studies of preset quick for crop 32. */
it.each([
  [{ config: 'D', width: 0.125, crop: 32, microBatch: 32 }, 3210],
  [{ config: 'A', width: 0.25, crop: 56, microBatch: 64 }, 1680],
  [{ config: 'D', width: 0.25, crop: 56, microBatch: 64 }, 942],
  [{ config: 'A', width: 1, crop: 224, microBatch: 16 }, 11.4],
  [{ config: 'D', width: 1, crop: 224, microBatch: 8 }, 5.85],
] as const)('scales the rate of a small net to that of %o, %s images a second', (net, measured) => {
  const scaled = (imagesPerSecond * effortOf(a32, onTwo)) / effortOf(net, onTwo);
  expect(scaled / measured).toBeGreaterThan(1 / 1.2);
  expect(scaled / measured).toBeLessThan(1.2);
});

it('is hardly less on two threads for a small net, and almost half for a large one', () => {
  const gain = (net: Parameters<typeof effortOf>[0]) =>
    effortOf(net, { threads: 1, processes: 1 }) / effortOf(net, onTwo);
  expect(gain(a32)).toBeLessThan(1.3);
  expect(gain({ config: 'D', width: 1, crop: 224, microBatch: 8 })).toBeGreaterThan(1.9);
});
