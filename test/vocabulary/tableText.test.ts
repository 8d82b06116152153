import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
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
