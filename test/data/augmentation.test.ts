import { describe, expect, it } from 'vitest';
import { drawColourShift, drawCrop, drawScale } from '../../src-main/data/augmentation.ts';
import { statisticsOf } from '../../src-main/data/statistics.ts';

const augmentation = { seed: 3, trainScale: [64, 128], crop: 56, horizontalFlip: true } satisfies Parameters<
  typeof drawScale
>[0];
const images = Array.from({ length: 4000 }, (_, index) => index);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('drawScale', () => {
  it('is the fixed S, or uniform over the range with both ends', () => {
    expect(drawScale({ ...augmentation, trainScale: 64 }, 0, 1)).toBe(64);
    const scales = images.map((image) => drawScale(augmentation, 0, image));
    expect(new Set(scales).size).toBe(65);
    expect([Math.min(...scales), Math.max(...scales)]).toEqual([64, 128]);
    expect(Math.abs(mean(scales) - 96)).toBeLessThan(1);
  });
});

describe('drawCrop', () => {
  it('reaches every place, and mirrors half of the images', () => {
    const crops = images.map((image) => drawCrop(augmentation, 2, image, { width: 66, height: 59 }));
    expect(new Set(crops.map(({ top, left }) => `${top} ${left}`)).size).toBe(4 * 11);
    expect(Math.max(...crops.map(({ left }) => left))).toBe(10);
    expect(Math.max(...crops.map(({ top }) => top))).toBe(3);
    expect(Math.abs(mean(crops.map(({ flip }) => Number(flip))) - 0.5)).toBeLessThan(0.03);
  });

  it('depends on seed, epoch and image, and on nothing else', () => {
    const size = { width: 300, height: 300 };
    const crop = drawCrop(augmentation, 1, 5, size);
    drawCrop(augmentation, 9, 9, size);
    expect(drawCrop(augmentation, 1, 5, size)).toEqual(crop);
    for (const other of [
      drawCrop({ ...augmentation, seed: 4 }, 1, 5, size),
      drawCrop(augmentation, 2, 5, size),
      drawCrop(augmentation, 1, 6, size),
    ]) {
      expect(other).not.toEqual(crop);
    }
  });

  it('never mirrors when mirroring is off, and has one place in an image of its own size', () => {
    const settings = { ...augmentation, horizontalFlip: false };
    for (const image of images.slice(0, 50)) {
      expect(drawCrop(settings, 0, image, { width: 56, height: 56 })).toEqual({
        top: 0,
        left: 0,
        flip: false,
      });
    }
  });
});

describe('drawColourShift', () => {
  // Red and green alike with variance 100, blue alone with variance 4: components (1,1,0)/√2 of variance 200, and blue.
  const statistics = statisticsOf({
    images: 1,
    pixels: 1,
    sums: [0, 0, 0],
    products: [100, 100, 0, 100, 0, 4],
  });

  it('spreads along the components with a tenth of their deviations', () => {
    const shifts = images.map((image) => drawColourShift(statistics, 0.1, { seed: 1, epoch: 0, image }));
    const deviation = (values: number[]) => Math.sqrt(mean(values.map((value) => value ** 2)));
    expect(Math.abs(deviation(shifts.map(([red]) => red)) - 1)).toBeLessThan(0.05);
    expect(Math.abs(deviation(shifts.map(([, , blue]) => blue)) - 0.2)).toBeLessThan(0.01);
    for (const [red, green] of shifts) expect(green).toBeCloseTo(red, 6);
    expect(Math.abs(mean(shifts.map(([red]) => red)))).toBeLessThan(0.05);
  });

  it('is none at deviation 0', () => {
    expect(drawColourShift(statistics, 0, { seed: 1, epoch: 0, image: 0 })).toEqual([0, 0, 0]);
  });
});
