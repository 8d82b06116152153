import { describe, expect, it } from 'vitest';
import { rescale, rescaledSize } from '../../src-main/data/rescale.ts';
import { randomPixels } from './imageFiles.ts';

describe('rescaledSize', () => {
  it.each([
    [500, 375, 256, 341, 256],
    [375, 500, 256, 256, 341],
    [224, 224, 64, 64, 64],
    [333, 500, 384, 384, 577],
    [1, 1, 256, 256, 256],
    [1000, 999, 64, 64, 64],
  ])('%i×%i at %i is %i×%i', (width, height, side, expectedWidth, expectedHeight) => {
    expect(rescaledSize(width, height, side)).toEqual({ width: expectedWidth, height: expectedHeight });
  });
});

describe('rescale', () => {
  it('passes an image of the asked size through untouched', () => {
    const image = { data: randomPixels(96, 130, 1), width: 96, height: 130 };
    expect(rescale(image, 96)).toBe(image);
  });

  it('keeps a plain colour and the mean of a picture', () => {
    const plain = { data: new Uint8Array(50 * 40 * 3).fill(77), width: 50, height: 40 };
    expect(new Set(rescale(plain, 64).data)).toEqual(new Set([77]));
    const picture = { data: randomPixels(120, 90, 2), width: 120, height: 90 };
    const smaller = rescale(picture, 30);
    expect([smaller.width, smaller.height, smaller.data.length]).toEqual([40, 30, 40 * 30 * 3]);
    const mean = (data: Uint8Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
    expect(mean(smaller.data)).toBeCloseTo(mean(picture.data), 0);
  });

  it('does not alias: a fine checkerboard becomes grey', () => {
    const board = Uint8Array.from({ length: 128 * 128 * 3 }, (_, offset) => {
      const pixel = Math.floor(offset / 3);
      return ((pixel % 128) + Math.floor(pixel / 128)) % 2 === 0 ? 0 : 255;
    });
    const { data } = rescale({ data: board, width: 128, height: 128 }, 32);
    for (const value of data) expect(Math.abs(value - 127.5)).toBeLessThan(12);
  });
});
