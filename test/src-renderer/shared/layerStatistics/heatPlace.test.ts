import { expect, it } from 'vitest';
import { edges } from '../../../../src-renderer/shared/layerStatistics/heatPicture.ts';
import {
  labelledColumns,
  placeAfter,
  placeAt,
} from '../../../../src-renderer/shared/layerStatistics/heatPlace.ts';

it('leads from cell to cell by keys and stays within the map', () => {
  expect(placeAfter('ArrowRight', { row: 1, column: 1 }, 3, 4)).toEqual({ row: 1, column: 2 });
  expect(placeAfter('ArrowUp', { row: 0, column: 1 }, 3, 4)).toEqual({ row: 0, column: 1 });
  expect(placeAfter('End', { row: 2, column: 0 }, 3, 4)).toEqual({ row: 2, column: 3 });
  expect(placeAfter('a', { row: 0, column: 0 }, 3, 4)).toBeNull();
});

it('finds the cell at a point, also at the very edge', () => {
  const size = { width: 400, height: 30 };
  expect(placeAt({ x: 99, y: 10 }, size, 3, 4)).toEqual({ row: 1, column: 0 });
  expect(placeAt({ x: 400, y: 30 }, size, 3, 4)).toEqual({ row: 2, column: 3 });
});

it('leaves no gap between cells, whatever their number', () => {
  expect(edges(3, 10)).toEqual([0, 3, 7, 10]);
});

it('labels the first column, the last and some between', () => {
  expect(labelledColumns(11, 3).map(({ column }) => column)).toEqual([0, 5, 10]);
  expect(labelledColumns(2, 6)).toEqual([
    { column: 0, at: 0.25 },
    { column: 1, at: 0.75 },
  ]);
  expect(labelledColumns(1, 6)).toEqual([{ column: 0, at: 0.5 }]);
});
