import { expect, test } from 'vitest';
import {
  bar,
  formatBytes,
  formatDuration,
  formatScales,
} from '../../../../src-main/hosts/cli/output/format.ts';
import { textTable } from '../../../../src-main/hosts/cli/output/textTable.ts';

test.each([
  [0.4, '0 s'],
  [59.6, '1 min 00 s'],
  [185, '3 min 05 s'],
  [3599.7, '1 h 00 min'],
  [90_000, '1 d 01 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [16_384, '16.4 kB'],
  [411_058_176, '411.1 MB'],
  [7.1e9, '7.10 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('scales are written as they are given', () => {
  expect(formatScales(64, '-')).toBe('64');
  expect(formatScales([64, 128], '-')).toBe('64-128');
  expect(formatScales([56, 64, 72], ',')).toBe('56,64,72');
});

test('a bar never leaves its width', () => {
  expect([0, 0.5, 1, 1.2].map((share) => bar(share, 4))).toEqual(['░░░░', '██░░', '████', '████']);
});

test('columns are as wide as they need, numbers to the right', () => {
  expect(
    textTable(
      ['Net', 'Error>'],
      [
        ['A', '29.6'],
        ['A-LRN', '9'],
      ],
    ),
  ).toBe(['Net    Error', 'A       29.6', 'A-LRN      9'].join('\n'));
});
