import { expect, it } from 'vitest';
import type { UnitArithmetic } from '../../../../../src-main/workbench/contract.ts';
import {
  agrees,
  greatestCell,
  inputName,
  normalisedText,
} from '../../../../../src-renderer/views/maps/arithmetic/arithmeticText.ts';

const products: Extract<UnitArithmetic['step'], { by: 'products' }> = {
  ...{
    by: 'products',
    window: { row: 0, column: 0, side: 3 },
    parts: [],
    count: 0,
    others: 0,
    sum: 0,
    bias: 0,
  },
  normalisation: null,
};
const arithmetic: UnitArithmetic = {
  ...{ layer: 'conv2_1', kind: 'conv', reads: 'pool1', unit: 0, row: 0, column: 0, step: products },
  ...{ before: 1, rectified: true, value: 1, net: 1, tolerance: 1e-5, pool: null, posterior: null },
};

it('names what a part of a sum reads', () => {
  const part = { channel: 2, row: 0, column: 1 };
  const connected = { ...products, window: null };
  expect(inputName({ ...arithmetic, reads: null }, part)).toBe('blue');
  expect(inputName(arithmetic, part)).toBe('map 2');
  expect(inputName({ reads: 'pool5', step: connected }, part)).toBe('map 2, row 0, column 1');
  expect(inputName({ reads: 'fc6', step: connected }, part)).toBe('unit 2');
});

it('says when a sum is not what the net computed', () => {
  expect(agrees(arithmetic)).toBe(true);
  expect(agrees({ ...arithmetic, net: 1.00002 })).toBe(false);
  expect(agrees({ ...arithmetic, value: NaN, net: NaN })).toBe(true);
  expect(agrees({ ...arithmetic, net: NaN })).toBe(false);
});

it('marks the first of equal cells, and no padding', () => {
  expect(greatestCell([null, -2, -1, -1])).toBe(2);
  expect(greatestCell([null, null])).toBeUndefined();
});

it('writes a batch normalisation as it is computed', () => {
  const text = normalisedText(0.5, { mean: 0.1, deviation: 0.8, scale: 1.2, shift: -0.05 });
  expect(text).toBe('(0.5 − 0.1) / 0.8 × 1.2 − 0.05');
});
