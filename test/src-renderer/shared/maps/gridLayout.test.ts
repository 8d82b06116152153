import { describe, expect, it } from 'vitest';
import { cellAt, cellPlace, gridLayout, mapAfter } from '../../../../src-renderer/shared/maps/gridLayout.ts';

describe('the grid of maps', () => {
  it.each([
    [1, 14, 900],
    [64, 224, 900],
    [512, 14, 900],
    [512, 14, 200],
    [4096, 1, 900],
    [3, 8, 20],
  ])('holds %i maps of side %i in %i pixels', (count, side, width) => {
    const layout = gridLayout(count, side, width);
    expect(layout.width).toBeLessThanOrEqual(width);
    expect(layout.columns * layout.rows).toBeGreaterThanOrEqual(count);
    expect(layout.columns * (layout.rows - 1)).toBeLessThan(count);
    const { x, y } = cellPlace(layout, count - 1);
    expect(x + layout.cell).toBeLessThanOrEqual(layout.width);
    expect(y + layout.cell).toBe(layout.height);
    expect(cellAt(layout, count, x, y)).toBe(count - 1);
  });

  it('has no map beside the maps', () => {
    const layout = gridLayout(5, 8, 400);
    expect(cellAt(layout, 5, layout.width + 50, 0)).toBeNull();
    expect(cellAt(layout, 5, -1, 0)).toBeNull();
    expect(cellAt(layout, 5, 0, layout.height + 50)).toBeNull();
  });

  it('is moved over by keys and not left', () => {
    expect(mapAfter('ArrowDown', 1, 10, 4)).toBe(5);
    expect(mapAfter('ArrowDown', 7, 10, 4)).toBe(7);
    expect(mapAfter('ArrowLeft', 0, 10, 4)).toBe(0);
    expect(mapAfter('End', 2, 10, 4)).toBe(9);
    expect(mapAfter('Tab', 2, 10, 4)).toBeNull();
  });
});
