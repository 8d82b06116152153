import { describe, expect, it, test } from 'vitest';
import { bytesText } from '../../src-main/vocabulary/bytes.ts';
import { countText, shortCountText } from '../../src-main/vocabulary/counts.ts';
import { figureText } from '../../src-main/vocabulary/figures.ts';
import { differenceText, percentText, posteriorText } from '../../src-main/vocabulary/percentages.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [16_384, '16.4 kB'],
  [999_400, '999 kB'],
  [999_600, '1.00 MB'],
  [411_058_176, '411 MB'],
  [7.1e9, '7.10 GB'],
  [2e15, '2,000,000 GB'],
  [null, '–'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

describe('a count', () => {
  it('has its thousands apart', () => {
    expect(countText(138_357_544)).toBe('138,357,544');
  });

  it('is shortened from ten thousand on', () => {
    expect([9999, 13_800, 138_357_544, 15_470e6, null].map(shortCountText)).toEqual([
      '9,999',
      '13.8 k',
      '138 M',
      '15.5 G',
      '–',
    ]);
  });
});

describe('an error rate', () => {
  it('is in per cent, and a dash where there is none', () => {
    expect([12.3, 0, null, undefined].map(percentText)).toEqual(['12.30 %', '0.00 %', '–', '–']);
  });

  it('differs from another by percentage points with their sign', () => {
    expect([24.1, -0.3, -0.001].map((points) => differenceText(points))).toEqual(['+24.10', '−0.30', '0.00']);
  });
});

test('a posterior that is not 0 never reads as 0', () => {
  expect([0, 0.0002, 0.873, NaN].map(posteriorText)).toEqual(['0.0 %', '<0.1 %', '87.3 %', 'NaN']);
});

test('a figure keeps four digits and names what is no number', () => {
  expect([0, 0.012_345, 0.000_012, 1234.56, -Infinity, NaN, null].map(figureText)).toEqual([
    '0',
    '0.01235',
    '1.20e-5',
    '1235',
    '−∞',
    'NaN',
    '–',
  ]);
});
