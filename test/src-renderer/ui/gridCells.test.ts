import { expect, test } from 'vitest';
import {
  cellAfter,
  cellAtPoint,
  cellOfIndex,
  indexOfCell,
  spanOf,
} from '../../../src-renderer/ui/gridCells.ts';

const matrix = { rows: 3, columns: 4 };
const list = { rows: 3, columns: 4, count: 10, gap: 2 };

test('arrow keys stay within a matrix, Home and End go to the ends of the row', () => {
  expect(cellAfter('ArrowRight', { row: 1, column: 3 }, matrix)).toEqual({ row: 1, column: 3 });
  expect(cellAfter('ArrowDown', { row: 1, column: 3 }, matrix)).toEqual({ row: 2, column: 3 });
  expect(cellAfter('ArrowUp', { row: 0, column: 2 }, matrix)).toEqual({ row: 0, column: 2 });
  expect(cellAfter('Home', { row: 2, column: 2 }, matrix)).toEqual({ row: 2, column: 0 });
  expect(cellAfter('End', { row: 2, column: 2 }, matrix)).toEqual({ row: 2, column: 3 });
  expect(cellAfter('a', { row: 2, column: 2 }, matrix)).toBeNull();
});

test('in a list right goes on in the next row, and nothing leads out of it', () => {
  expect(cellAfter('ArrowRight', { row: 0, column: 3 }, list)).toEqual({ row: 1, column: 0 });
  expect(cellAfter('ArrowLeft', { row: 1, column: 0 }, list)).toEqual({ row: 0, column: 3 });
  expect(cellAfter('ArrowRight', { row: 2, column: 1 }, list)).toEqual({ row: 2, column: 1 });
  expect(cellAfter('ArrowDown', { row: 1, column: 2 }, list)).toEqual({ row: 1, column: 2 });
  expect(cellAfter('End', { row: 0, column: 0 }, list)).toEqual({ row: 2, column: 1 });
  expect(cellAfter('Home', { row: 2, column: 1 }, list)).toEqual({ row: 0, column: 0 });
});

test('a point is in the cell under it; a gap belongs to the cell before', () => {
  // Four cells of 10 pixels with gaps of 2 are 46 pixels.
  const size = { width: 46, height: 34 };
  expect(cellAtPoint({ x: 11, y: 13 }, size, list)).toEqual({ row: 1, column: 0 });
  expect(cellAtPoint({ x: 12, y: 0 }, size, list)).toEqual({ row: 0, column: 1 });
  expect(cellAtPoint({ x: 45, y: 33 }, size, list)).toBeNull();
  expect(cellAtPoint({ x: -3, y: 90 }, size, matrix)).toEqual({ row: 2, column: 0 });
});

test('indices and cells are the same places', () => {
  expect(cellOfIndex(6, list)).toEqual({ row: 1, column: 2 });
  expect(indexOfCell({ row: 1, column: 2 }, list)).toBe(6);
  expect(spanOf(1, 4, 2)).toEqual({
    start: 'calc((100% + 2px) / 4 * 1)',
    length: 'calc((100% + 2px) / 4 - 2px)',
  });
});
