import { describe, expect, it } from 'vitest';
import { roundsScales, rowScales, scaleToCrop } from '../../src-main/tables/scales.ts';
import {
  paperTable,
  table3,
  table4,
  table5,
  table6,
  trainingsOf,
} from '../../src-main/vocabulary/paperTables.ts';
import type { PaperRow } from '../../src-main/vocabulary/paperTables.ts';

const sum = (rows: readonly Pick<PaperRow, 'top1Error' | 'top5Error'>[]) => [
  rows.reduce((total, row) => total + row.top1Error, 0).toFixed(1),
  rows.reduce((total, row) => total + row.top5Error, 0).toFixed(1),
];
const row = (rows: readonly PaperRow[], id: string) => rows.find((candidate) => candidate.id === id);

describe("the paper's tables", () => {
  it('have the numbers of the paper: sums of the columns, added by hand', () => {
    expect(sum(table3)).toEqual(['330.6', '109.6']);
    expect(sum(table4)).toEqual(['266.3', '85.7']);
    expect(sum(table5)).toEqual(['147.6', '44.2']);
    expect(sum(table6)).toEqual(['71.6', '21.1']);
    expect([table3, table4, table5, table6].map((rows) => rows.length)).toEqual([12, 10, 6, 3]);
  });

  it('have the right number in the right row', () => {
    expect(row(table3, '3:A-LRN@256')).toMatchObject({ testScales: [256], top1Error: 29.7, top5Error: 10.5 });
    expect(row(table3, '3:C@384')).toMatchObject({ testScales: [384], top1Error: 28.1, top5Error: 9.3 });
    expect(row(table3, '3:E@256-512')).toMatchObject({ testScales: [384], top1Error: 25.5, top5Error: 8 });
    expect(row(table4, '4:B@256')).toMatchObject({
      testScales: [224, 256, 288],
      top1Error: 28.2,
      top5Error: 9.6,
    });
    expect(row(table4, '4:C@384')).toMatchObject({
      testScales: [352, 384, 416],
      top1Error: 27.8,
      top5Error: 9.2,
    });
    expect(row(table4, '4:D@256-512')).toMatchObject({
      testScales: [256, 384, 512],
      top1Error: 24.8,
      top5Error: 7.5,
    });
    expect(row(table5, '5:D@256-512:multi-crop+dense')).toMatchObject({ top1Error: 24.4, top5Error: 7.2 });
  });

  it('give each row an id of its own', () => {
    const ids = [...table3, ...table4, ...table5, ...table6].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('show the claims of the paper', () => {
    const error = (key: string) => row(table3, `3:${key}`)?.top1Error ?? NaN;
    expect(error('A@256')).toBeGreaterThan(error('B@256'));
    expect(error('B@256')).toBeGreaterThan(error('C@256'));
    expect(error('C@256')).toBeGreaterThan(error('D@256'));
    for (const multi of table4) {
      const single = table3.find((candidate) => trainingsOf(candidate).join() === trainingsOf(multi).join());
      expect(multi.top1Error, multi.id).toBeLessThan(single?.top1Error ?? -1);
    }
  });

  it('need twelve trained nets', () => {
    expect(new Set([...table3, ...table4].flatMap(trainingsOf)).size).toBe(12);
  });
});

describe('scales at another crop', () => {
  it.each([
    [256, 56, 64],
    [288, 56, 72],
    [384, 56, 96],
    [512, 56, 128],
    [352, 112, 176],
    [416, 56, 104],
    [256, 224, 256],
  ])('%i at crop %i is %i', (side, crop, scaled) => {
    expect(scaleToCrop(side, crop)).toBe(scaled);
  });

  it.each([56, 112, 224])('are whole for every row at crop %i, and hold the crop', (crop) => {
    for (const paperRow of [...table3, ...table4]) {
      const { trainScale, testScales } = rowScales(paperRow, crop);
      for (const scale of [...[trainScale].flat(), ...testScales]) expect(scale).toBeGreaterThanOrEqual(crop);
    }
    expect(
      paperTable(4)
        .map((paperRow) => rowScales(paperRow, 56))
        .at(-1),
    ).toEqual({
      trainScale: [64, 128],
      testScales: [64, 96, 128],
    });
  });

  it('refuse a crop at which they are no whole numbers', () => {
    expect(() => scaleToCrop(256, 60)).toThrow(/256.*68\.57/);
  });

  it('are the nearest whole pixels at a multiple of 32, the stride of the nets', () => {
    // 256, 288, 352, 384 and 416 times 64/224: 73.14, 82.29, 100.57, 109.71 and 118.86.
    expect([256, 288, 352, 384, 416].map((side) => scaleToCrop(side, 64))).toEqual([73, 82, 101, 110, 119]);
    expect([32, 64, 96, 112, 224].map(roundsScales)).toEqual([true, true, true, false, false]);
  });
});
