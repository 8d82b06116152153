import { describe, expect, it } from 'vitest';
import {
  rowHeight,
  rowWindow,
  scrolledTo,
  spareRows,
} from '../../../../src-renderer/views/runs/rowWindow.ts';

describe('rowWindow', () => {
  it.each([0, spareRows])('holds every visible row at any place, and never more than it says', (spare) => {
    const [rows, height] = [10_000, 700];
    for (let top = 0; top <= rows * rowHeight - height; top += 997) {
      const { first, end, most } = rowWindow(top, height, rows, spare);
      expect(first).toBeLessThanOrEqual(Math.floor(top / rowHeight));
      expect(end).toBeGreaterThanOrEqual(Math.min(rows, Math.ceil((top + height) / rowHeight)));
      expect(end - first).toBeLessThanOrEqual(most);
    }
  });

  it('stays within a list that became shorter than what is scrolled away', () => {
    expect(rowWindow(100_000, 700, 3)).toMatchObject({ first: 0, end: 3 });
    expect(rowWindow(0, 700, 0)).toMatchObject({ first: 0, end: 0 });
    expect(rowWindow(0, 700, 0, 0)).toMatchObject({ first: 0, end: 0 });
  });
});

describe('scrolledTo', () => {
  it('scrolls no further than a row needs', () => {
    expect(scrolledTo(0, 500, 340)).toBe(0);
    expect(scrolledTo(5, 100, 340)).toBe(100);
    expect(scrolledTo(20, 100, 340)).toBe(21 * rowHeight - 340);
  });
});
