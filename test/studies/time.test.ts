import { expect, it } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { secondsOf, timeOf } from '../../src-main/studies/time.ts';

it('counts the start, the epochs with their validations, and every evaluation', () => {
  const config = resolveRunConfig({
    overrides: ['network.config=A', 'training.epochs=3', 'training.validationsPerEpoch=2'],
  });
  const images = { trainImages: 1000, valImages: 100, classes: 1000 };
  const rate = { imagesPerSecond: 10, cropsPerSecond: 50, startSeconds: 7 };
  const scored = { protocol: 'multi-crop', testScales: [256] } as const;
  const time = timeOf(config, [{ ...scored, testScales: [256] }], images, rate);
  // 25 crops of an image and of its mirror image.
  expect(time).toEqual({
    start: 7,
    epoch: 1000 / 10 + (2 * 100) / 50,
    epochs: 3,
    evaluation: (50 * 100) / 50,
  });
  expect(secondsOf(time)).toBe(7 + 3 * 104 + 100);
});
