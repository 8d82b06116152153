import { describe, expect, it } from 'vitest';
import {
  cellText,
  heatScale,
  scaleTicks,
  shadeOf,
} from '../../../../src-renderer/shared/layerStatistics/heatScale.ts';

const over = (...values: (number | 'NaN' | null)[]) => ({ values: [values] });

describe('a logarithmic scale', () => {
  const scale = heatScale('log', [over(1e-4, 0, 'NaN', null), over(1, 1e-2)]);

  it('runs from the least to the greatest value of all matrices, 0 aside', () => {
    expect(scale).toEqual({ kind: 'log', least: 1e-4, greatest: 1 });
    expect(shadeOf(1e-4, scale)).toBe(0);
    expect(shadeOf(1e-2, scale)).toBeCloseTo(0.5, 12);
    expect(shadeOf(1, scale)).toBe(1);
    expect(scaleTicks(scale).map(({ text }) => text)).toEqual(['1.00e-4', '0.01', '1']);
  });

  it('knows what has no place on it', () => {
    expect(shadeOf(0, scale)).toBe('zero');
    expect(shadeOf('Infinity', scale)).toBe('not finite');
    expect(shadeOf('NaN', scale)).toBe('not finite');
    expect(shadeOf(null, scale)).toBe('nothing');
    expect(cellText('-Infinity', 'log')).toBe('−∞');
  });

  it('is of one colour where there is one value, and defined where there is none', () => {
    expect(shadeOf(3, heatScale('log', [over(3, 3)]))).toBe(1);
    expect(heatScale('log', [over('NaN')])).toEqual({ kind: 'log', least: 1, greatest: 1 });
  });
});

describe('a scale with signs', () => {
  it('has 0 in the middle and eight powers of ten to each side', () => {
    const scale = heatScale('signed', [over(-100, 1e-9, 1)]);
    expect(scale.least).toBeCloseTo(1e-6, 18);
    expect([-100, -0.01, 0, 1e-9, 0.01, 100].map((value) => shadeOf(value, scale))).toEqual([
      0,
      expect.closeTo(0.25, 12),
      0.5,
      0.5,
      expect.closeTo(0.75, 12),
      1,
    ]);
  });
});

it('shows shares from 0 to 1, whatever values there are', () => {
  const scale = heatScale('share', [over(0.25)]);
  expect(shadeOf(0.25, scale)).toBe(0.25);
  expect(cellText(0.25, 'share')).toBe('25.0 %');
});
