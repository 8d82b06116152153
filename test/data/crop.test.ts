import { describe, expect, it } from 'vitest';
import { centralCrop, copyCrop } from '../../src-main/data/crop.ts';

/** 4×3 pixels whose red channel is the number of the pixel. */
const image = {
  data: Uint8Array.from({ length: 36 }, (_, offset) => (offset % 3 === 0 ? offset / 3 : 100 + (offset % 3))),
  width: 4,
  height: 3,
};
const red = (pixels: Uint8Array) => [...pixels].filter((_, offset) => offset % 3 === 0);

describe('copyCrop', () => {
  it('copies the square at its place', () => {
    const target = new Uint8Array(15).fill(9);
    copyCrop(image, 2, { top: 1, left: 2, flip: false }, target.subarray(3));
    expect(red(target)).toEqual([9, 6, 7, 10, 11]);
    expect([...target.subarray(3, 6)]).toEqual([6, 101, 102]);
  });

  it('mirrors rows and keeps the channels in order', () => {
    const target = new Uint8Array(12);
    copyCrop(image, 2, { top: 0, left: 1, flip: true }, target);
    expect(red(target)).toEqual([2, 1, 6, 5]);
    expect([...target.subarray(0, 3)]).toEqual([2, 101, 102]);
  });
});

describe('centralCrop', () => {
  it('leaves equal margins', () => {
    expect(centralCrop({ width: 341, height: 256 }, 224)).toEqual({ top: 16, left: 58, flip: false });
    expect(centralCrop({ width: 56, height: 56 }, 56)).toEqual({ top: 0, left: 0, flip: false });
  });
});
