import { describe, expect, it } from 'vitest';
import { cellPlace, gridLayout } from '../../../../src-renderer/shared/maps/gridLayout.ts';
import { cellAtPoint, indexOfCell } from '../../../../src-renderer/ui/gridCells.ts';

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
    const last = cellAtPoint({ x, y }, layout, { ...layout, count });
    expect(last && indexOfCell(last, layout)).toBe(count - 1);
  });
});
