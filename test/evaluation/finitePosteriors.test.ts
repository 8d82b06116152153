import { expect, it } from 'vitest';
import { requireFinitePosteriors } from '../../src-main/evaluation/finitePosteriors.ts';

it('posteriors that are no numbers are refused, with how many images have them', () => {
  const posteriors = Float32Array.of(0.5, 0.5, NaN, NaN, 0, 1, Infinity, 0);
  expect(() => {
    requireFinitePosteriors(posteriors, 2, 'net.pth');
  }).toThrow('The posteriors of 2 of 4 images by net.pth are no numbers.');
});

it('numbers pass', () => {
  requireFinitePosteriors(Float32Array.of(0, 1, 0.25, 0.75), 2, 'net.pth');
});
