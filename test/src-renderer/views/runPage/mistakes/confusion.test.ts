import { describe, expect, it } from 'vitest';
import { cellAfter } from '../../../../../src-renderer/ui/gridCells.ts';
import {
  cellOf,
  cellText,
  gridCellOf,
  gridOf,
  greatestConfusions,
  half,
  rowTotals,
  shadeOf,
  type Cell,
} from '../../../../../src-renderer/views/runPage/mistakes/confusion.ts';
import { matrixPixels } from '../../../../../src-renderer/views/runPage/mistakes/matrixPicture.ts';

const counts = [
  [7, 3, 0],
  [1, 9, 0],
  [0, 0, 0],
];

describe('a confusion matrix', () => {
  it('counts the images of each label', () => {
    expect(rowTotals({ counts })).toEqual([10, 10, 0]);
  });

  it('names the pairs that are mixed up most, never a class with itself', () => {
    expect(greatestConfusions({ counts }, 5)).toEqual([
      { label: 0, prediction: 1 },
      { label: 1, prediction: 0 },
    ]);
    expect(greatestConfusions({ counts }, 1)).toHaveLength(1);
  });

  it('does not hide a single image among a thousand as 0 %', () => {
    expect(cellText(1, 1000, 'share')).toBe('<1 %');
    expect(cellText(3, 10, 'share')).toBe('30 %');
    expect(cellText(3, 10, 'count')).toBe('3');
    expect(cellText(0, 0, 'share')).toBe('0');
  });

  it('shades with the share and leaves out where no number could be read', () => {
    const shades = Array.from({ length: 101 }, (_, share) => shadeOf(share / 100));
    expect(shades).toEqual(shades.toSorted((one, other) => one - other));
    expect(shades.filter((shade) => shade > 46.001 && shade < 79.999)).toEqual([]);
    expect(shadeOf(half)).toBe(80);
  });

  it('is moved over by keys and not left', () => {
    const after = (key: string, cell: Cell) => {
      const next = cellAfter(key, gridCellOf(cell), gridOf({ classes: ['a', 'b', 'c'] }));
      return next && cellOf(next);
    };
    const corner = { label: 0, prediction: 0 };
    expect(after('ArrowUp', corner)).toEqual(corner);
    expect(after('ArrowDown', corner)).toEqual({ label: 1, prediction: 0 });
    expect(after('End', corner)).toEqual({ label: 0, prediction: 2 });
    expect(after('ArrowRight', { label: 0, prediction: 2 })).toEqual({ label: 0, prediction: 2 });
    expect(after('a', corner)).toBeNull();
  });

  it('as a picture shows nothing, one image, and all images of a class apart', () => {
    const pixels = matrixPixels(
      {
        counts: [
          [1000, 0],
          [1, 999],
        ],
      },
      [0, 0, 0],
      [200, 100, 0],
    );
    expect([...pixels.slice(0, 8)]).toEqual([200, 100, 0, 255, 0, 0, 0, 255]);
    expect(pixels[8]).toBeGreaterThanOrEqual(50);
  });
});
