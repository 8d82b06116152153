import { describe, expect, it } from 'vitest';
import { cropPlaces, placeInOriginal } from '../../src-main/evaluation/windows.ts';

const size = { height: 96, width: 129 };

describe('windows of a crop of 64 in an image of 96 × 129', () => {
  it('the one in the middle has the smaller margin at the left', () => {
    expect(cropPlaces('centre-crop', size, 64)).toEqual([{ top: 16, left: 32 }]);
  });

  it('a grid of 2 × 2 lies in the corners', () => {
    expect(cropPlaces('multi-crop-2x2', size, 64)).toEqual([
      { top: 0, left: 0 },
      { top: 0, left: 65 },
      { top: 32, left: 0 },
      { top: 32, left: 65 },
    ]);
  });

  it('the grid of 5 × 5 goes from edge to edge in steps of whole pixels, row by row', () => {
    const places = cropPlaces('multi-crop', size, 64);
    expect(places).toHaveLength(25);
    // 65 pixels of room: 16.25, 32.5 and 48.75 are rounded.
    expect(places.slice(0, 5).map(({ left }) => left)).toEqual([0, 16, 33, 49, 65]);
    expect(places.filter(({ left }) => left === 0).map(({ top }) => top)).toEqual([0, 8, 16, 24, 32]);
  });
});

describe('the place in the original', () => {
  const original = { height: 192, width: 387 };
  const rescaled = { height: 96, width: 129 };

  it('is in pixels of the original, along each side by its own factor', () => {
    const place = { top: 16, left: 10, mirrored: false };
    expect(placeInOriginal(place, 64, rescaled, original)).toEqual({
      left: 30,
      top: 32,
      width: 192,
      height: 128,
    });
  });

  it('of a window of the mirrored image is what it shows, unmirrored', () => {
    const place = { top: 16, left: 10, mirrored: true };
    // From 10 to 74 of the mirrored 129 is from 55 to 119.
    expect(placeInOriginal(place, 64, rescaled, original).left).toBe(165);
  });
});
