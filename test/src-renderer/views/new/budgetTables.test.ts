import { expect, it } from 'vitest';
import type { BudgetOption } from '../../../../src-main/workbench/contract.ts';
import { optionColumns, relationColumns } from '../../../../src-renderer/views/new/study/budgetTables.ts';
import { cellTexts } from '../../../../src-renderer/ui/dataTable.ts';

const option: BudgetOption = {
  ...{ crop: 32, width: 0.125, seeds: 3, epochs: 20, isShortened: false },
  ...{ runs: 36, seconds: 5400, ratesFrom: 'measured', overrides: [] },
};

it('says of each way to spend the time how long it takes and from which rate', () => {
  const shortened = { ...option, epochs: 4, seeds: 1, isShortened: true, ratesFrom: 'unlike' as const };
  const [titles, whole, other] = cellTexts(optionColumns, [option, shortened]);
  expect(titles).toEqual(['Crop', 'Width', 'Epochs', 'Seeds', 'Time', 'Rates']);
  expect(whole).toEqual(['32', '0.125', '20', '3', '1 h 30 min', 'measured']);
  expect(other?.slice(2)).toEqual(['4', '1', '1 h 30 min', 'otherwise measured']);
  const tones = (row: BudgetOption) => optionColumns.map(({ tone }) => tone?.(row));
  expect(tones(option).filter(Boolean)).toEqual([]);
  expect(tones(shortened)).toEqual([undefined, undefined, 'soft', undefined, 'soft', undefined]);
});

it('says of each relation of the paper how many images it needs', () => {
  const relation = { text: 'D is better', points: 2.6, isDecidable: true, imagesNeeded: 1137 };
  expect(cellTexts(relationColumns, [relation])[1]).toEqual(['D is better', '2.6', '1,137']);
  const tones = relationColumns.map(({ tone }) => tone?.({ ...relation, isDecidable: false }));
  expect(tones).toEqual([undefined, undefined, 'soft']);
});
