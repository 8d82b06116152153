import { expect, it } from 'vitest';
import { edges } from '../../../../src-renderer/shared/layerStatistics/heatPicture.ts';
import { labelledColumns } from '../../../../src-renderer/shared/layerStatistics/labelledColumns.ts';

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
