import { expect, it } from 'vitest';
import { valueRange } from '../../../src-renderer/charts/valueRange.ts';

it('takes in levels as far as the curves keep half of the axis', () => {
  expect(valueRange({ min: 20, max: 40 }, [25, 10], false)).toEqual({ min: 10, max: 40 });
  // 60 to 90 is half of 30 to 90, and less of 29 to 90.
  expect(valueRange({ min: 60, max: 90 }, [30], false)).toEqual({ min: 30, max: 90 });
  expect(valueRange({ min: 60, max: 90 }, [29], false)).toEqual({ min: 60, max: 90 });
});

it('takes in the near ones where some are far', () => {
  expect(valueRange({ min: 50, max: 60 }, [0, 45, 95], false)).toEqual({ min: 45, max: 60 });
});

it('counts in powers of ten on a logarithmic axis, which has no place for 0', () => {
  expect(valueRange({ min: 0.01, max: 0.1 }, [0.001, 0], true)).toEqual({ min: 0.001, max: 0.1 });
  expect(valueRange({ min: 0.01, max: 0.1 }, [1e-6], true)).toEqual({ min: 0.01, max: 0.1 });
});

it('has an axis around what is constant, and around levels alone', () => {
  expect(valueRange({ min: 50, max: 50 }, [10], false)).toEqual({ min: 0, max: 100 });
  expect(valueRange(undefined, [10, 30], false)).toEqual({ min: 10, max: 30 });
  expect(valueRange(undefined, [], false)).toBeUndefined();
});
