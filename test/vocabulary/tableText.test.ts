import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { plainCell } from '../../src-main/vocabulary/csvText.ts';
import { tableText } from '../../src-main/vocabulary/tableText.ts';

const rows = [
  ['name', 'notes'],
  ['a "good", run', 'two\nlines | and a bar'],
  ['', 'plain'],
];

it('writes CSV that csv-parse reads back as it was', () => {
  expect(parse(tableText(rows, 'csv'))).toEqual(rows);
});

it('keeps each row of TSV and Markdown on one line', () => {
  expect(tableText(rows, 'tsv')).toBe('name\tnotes\na "good", run\ttwo lines | and a bar\n\tplain\n');
  expect(tableText(rows, 'markdown')).toBe(
    '| name | notes |\n| --- | --- |\n| a "good", run | two lines \\| and a bar |\n|  | plain |\n',
  );
});

it('has no cell that a spreadsheet would compute, and leaves numbers alone', () => {
  // The first characters that OWASP names for CSV injection, with the full-width ones that some spreadsheets read alike.
  for (const cell of [
    '=HYPERLINK("http://a.example","b")',
    '+1+cmd|x',
    "-2+3+cmd|' /C calc'!A0",
    '@SUM(1)',
    '＝1',
  ]) {
    expect(plainCell(cell)).toBe(`'${cell}`);
    expect(tableText([[cell]], 'tsv')).toBe(`'${cell}\n`);
    expect(parse(tableText([[cell]], 'csv'))).toEqual([[`'${cell}`]]);
  }
  for (const cell of ['-0.5', '+1e-7', '-12 %', '-1,234', '-', '', 'a=b', '−0.5', 'NaN']) {
    expect(plainCell(cell)).toBe(cell);
  }
});
